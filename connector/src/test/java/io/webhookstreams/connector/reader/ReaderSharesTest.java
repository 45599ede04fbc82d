/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.metrics.Gauge;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** How the streams of one reader share its queue. */
class ReaderSharesTest {

    private static final List<StreamSettings> STREAMS =
            new TestStreams().with("noisy", s -> {}).with("quiet", s -> {}).settings();
    private static final int BODY = 10_000;

    @Test
    void a_noisy_stream_is_refused_and_the_other_one_is_not() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0, 1);
        int noisy = offerUntilFull(test, "noisy");
        assertThat(noisy).isGreaterThan(50);

        assertThat(offerUntilFull(test, "quiet")).isGreaterThan(20).isLessThan(noisy);

        test.drain();
        assertThat(offer(test, "noisy")).isEqualTo(Offer.ACCEPTED);
    }

    @Test
    void what_two_readers_had_queued_for_a_stream_leaves_the_other_stream_its_part() {
        List<LaneSplit> both = new ArrayList<>();
        for (int lane = 0; lane < 2; lane++) {
            ReaderUnderTest one = ReaderUnderTest.withStreams(STREAMS, lane);
            while (offer(one, "noisy", lane) == Offer.ACCEPTED) {
                // Until it is full.
            }
            both.addAll(one.reader.snapshotState(1));
        }

        ReaderUnderTest test = ReaderUnderTest.restored(STREAMS, both);

        assertThat(offer(test, "noisy")).isEqualTo(Offer.FULL);
        assertThat(offerUntilFull(test, "quiet")).isGreaterThan(20);
    }

    @Test
    void every_gauge_of_a_streams_queue_is_registered_for_each_stream() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);

        for (StreamSettings stream : STREAMS) {
            assertThat(MetricDefinition.values())
                    .filteredOn(m -> m.scope() == MetricDefinition.Scope.STREAM_QUEUE)
                    .isNotEmpty()
                    .allMatch(
                            m ->
                                    test.metrics
                                            .getGauge("stream", stream.name(), m.metric())
                                            .isPresent());
        }
    }

    @Test
    void the_gauges_tell_what_is_queued_and_that_it_is_too_much() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        int queued = offerUntilFull(test, "noisy");

        assertThat(gauge(test, "noisy", "queuedDeliveries")).isEqualTo(queued);
        assertThat(gauge(test, "noisy", "queuedBytes")).isGreaterThan(queued * (long) BODY);
        assertThat(gauge(test, "noisy", "queueShareBytes"))
                .isEqualTo(ReaderUnderTest.QUEUE_BYTES / 4);
        assertThat(gauge(test, "noisy", "overHighWater")).isEqualTo(1);
        assertThat(gauge(test, "noisy", "queueDepthAlert")).isEqualTo(1);
        assertThat(test.intake().isOverHighWater("noisy")).isTrue();
        assertThat(test.intake().isOverHighWater("quiet")).isFalse();
        assertThat(gauge(test, "quiet", "queuedBytes")).isZero();
        assertThat(gauge(test, "quiet", "overHighWater")).isZero();
        assertThat(gauge(test, "quiet", "queueDepthAlert")).isZero();

        test.drain();
        assertThat(gauge(test, "noisy", "queuedDeliveries")).isZero();
        assertThat(gauge(test, "noisy", "overHighWater")).isZero();
    }

    private static long gauge(ReaderUnderTest test, String stream, String name) {
        Gauge<? extends Number> gauge =
                test.metrics.<Number>getGauge("stream", stream, name).orElseThrow();
        return gauge.getValue().longValue();
    }

    private static int offerUntilFull(ReaderUnderTest test, String stream) {
        int accepted = 0;
        while (offer(test, stream) == Offer.ACCEPTED) {
            accepted++;
        }
        return accepted;
    }

    private static Offer offer(ReaderUnderTest test, String stream) {
        return offer(test, stream, 0);
    }

    private static Offer offer(ReaderUnderTest test, String stream, int lane) {
        WebhookDelivery draft =
                WebhookDelivery.builder().stream(stream)
                        .deliveryId(new UUID(1, 2))
                        .path("/in/" + stream)
                        .body(new byte[BODY])
                        .build();
        return test.offer(lane, draft, Tier.CHECKPOINT).offer();
    }
}
