/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.metrics.Gauge;
import org.junit.jupiter.api.Test;

import java.util.List;

/** The records of shed events: {@code shed.ledger}. */
class ReaderLedgerTest {

    /** A third may be lost. */
    private static final List<StreamSettings> STREAMS = streams(Integer.MAX_VALUE);

    @Test
    void a_shed_event_leaves_a_record_without_its_body_where_it_would_have_been() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, "a", "b");
        assertThat(shed(test, "evt_1", "body").offer()).isEqualTo(Offer.ACCEPTED);
        keep(test, "c");

        WebhookDelivery record = WebhookDeliveryWire.read(split(test, 1).queue().get(2));

        assertThat(record.isShed()).isTrue();
        assertThat(record.lane()).isZero();
        assertThat(record.sequence()).isEqualTo(2);
        assertThat(record.eventId()).isEqualTo("evt_1");
        assertThat(record.samplingRate()).isEqualTo(0.1);
        assertThat(record.body()).isEmpty();
        assertThat(record.bodyBytes()).isEqualTo(4);
        assertThat(record.bodyDigest()).isEqualTo(Deliveries.draftOf("evt_1", "body").bodyDigest());
        assertThat(test.drain()).containsExactly("a", "b", "shed evt_1", "c");
    }

    @Test
    void a_record_wakes_the_reader() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, "a", "b");
        test.drain();
        assertThat(test.reader.isAvailable()).isNotDone();

        shed(test, "evt_1", "body");

        assertThat(test.reader.isAvailable()).isDone();
    }

    @Test
    void the_sender_is_answered_by_the_checkpoint_that_holds_the_record() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, "a", "b");
        test.reader.snapshotState(1);

        HeldReply shed = shed(test, "evt_1", "body");
        test.complete(1);
        assertThat(shed.settlements()).isEmpty();

        assertThat(split(test, 2).queue()).hasSize(3);
        test.complete(2);
        assertThat(shed.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void a_failure_before_the_checkpoint_takes_the_record_away_with_the_answer() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(before, "a", "b");
        List<LaneSplit> snapshot = before.reader.snapshotState(1);
        HeldReply shed = shed(before, "evt_1", "body");
        before.reader.close();
        before.server.runSettlements();
        assertThat(shed.settlements()).containsExactly(Settlement.LOST);

        assertThat(ReaderUnderTest.restored(STREAMS, snapshot).drain()).containsExactly("a", "b");
    }

    @Test
    void a_restored_record_comes_out_once_and_its_event_is_remembered_as_shed() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(before, "a", "b");
        shed(before, "evt_1", "body");

        ReaderUnderTest after = ReaderUnderTest.restored(STREAMS, before.reader.snapshotState(1));
        HeldReply retry = after.offerOnce(0, "evt_1", "body");

        assertThat(retry.offer()).isEqualTo(Offer.DURABLE);
        assertThat(retry.receipt().isOfLoss()).isTrue();
        assertThat(after.drain()).containsExactly("a", "b", "shed evt_1");
        assertThat(ReaderUnderTest.restored(STREAMS, after.reader.snapshotState(2)).drain())
                .isEmpty();
    }

    @Test
    void without_room_for_the_record_nothing_is_shed_and_nothing_spent() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        fill(test);

        HeldReply refused = shed(test, "evt_1", "body");
        assertThat(refused.offer()).isEqualTo(Offer.FULL);
        assertThat(refused.receipt().isOfLoss()).isFalse();
        assertThat(gauge(test, "lossWindowShed")).isZero();

        test.emit(1);
        assertThat(shed(test, "evt_1", "body").offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(gauge(test, "lossWindowShed")).isEqualTo(1);
    }

    @Test
    void a_record_is_one_of_the_streams_queued_deliveries() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(streams(3), 0);
        keep(test, "a", "b");
        assertThat(shed(test, "evt_1", "body").offer()).isEqualTo(Offer.ACCEPTED);
        assertThat(gauge(test, "queuedDeliveries")).isEqualTo(3);

        test.drain();
        assertThat(gauge(test, "queuedDeliveries")).isZero();
        assertThat(gauge(test, "queuedBytes")).isZero();
    }

    @Test
    void the_room_of_a_record_whose_budget_is_spent_is_given_back() {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, "a");
        long before = gauge(test, "queuedBytes");

        assertThat(shed(test, "evt_1", "body").offer()).isEqualTo(Offer.FULL);

        assertThat(gauge(test, "queuedBytes")).isEqualTo(before);
        assertThat(split(test, 1).queue()).hasSize(1);
    }

    @Test
    void a_retry_of_either_kind_leaves_no_second_record_and_is_what_the_first_one_was()
            throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withStreams(STREAMS, 0);
        keep(test, "a", "b");
        shed(test, "evt_1", "body");
        test.offerOnce(0, "evt_2", "kept");

        HeldReply ofShed = test.offerOnce(0, "evt_1", "body");
        HeldReply ofKept = shed(test, "evt_2", "kept");

        assertThat(ofShed.offer()).isEqualTo(Offer.JOINED);
        assertThat(ofShed.receipt().isOfLoss()).isTrue();
        assertThat(ofKept.offer()).isEqualTo(Offer.JOINED);
        assertThat(ofKept.receipt().isOfLoss()).isFalse();
        assertThat(test.drain()).containsExactly("a", "b", "shed evt_1", "kept");
    }

    /** Leaves less room than the smallest delivery takes. */
    private static void fill(ReaderUnderTest test) {
        for (int size = 1 << 17; size > 0; size /= 2) {
            String body = "x".repeat(size);
            while (test.offer(0, body).offer() == Offer.ACCEPTED) {}
        }
    }

    private static void keep(ReaderUnderTest test, String... bodies) {
        for (String body : bodies) {
            assertThat(test.offer(0, body).offer()).isEqualTo(Offer.ACCEPTED);
        }
    }

    private static HeldReply shed(ReaderUnderTest test, String eventId, String body) {
        HeldReply reply = new HeldReply();
        return reply.offered(
                test.intake().shed(0, Deliveries.draftOf(eventId, body), true, reply.receipt()));
    }

    private static LaneSplit split(ReaderUnderTest test, long checkpoint) {
        return test.reader.snapshotState(checkpoint).get(0);
    }

    private static long gauge(ReaderUnderTest test, String name) {
        Gauge<? extends Number> gauge =
                test.metrics.<Number>getGauge("stream", "orders", name).orElseThrow();
        return gauge.getValue().longValue();
    }

    private static List<StreamSettings> streams(int maxDeliveries) {
        return new TestStreams()
                .with(
                        "orders",
                        s ->
                                s.set(PolicyOptions.POLICY, Policy.SHED)
                                        .set(PolicyOptions.MAX_DELIVERIES, maxDeliveries)
                                        .set(PolicyOptions.SHED_BUDGET, 0.334)
                                        .set(PolicyOptions.SHED_LEDGER, true))
                .settings();
    }
}
