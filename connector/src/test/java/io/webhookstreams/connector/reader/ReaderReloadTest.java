/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.enumerator.ConfigurationUpdate;
import io.webhookstreams.connector.ingest.Intake.Status;
import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader does with the configurations that the enumerator tells. */
class ReaderReloadTest {

    @Test
    void nothing_is_served_before_the_enumerator_has_told_the_configuration() {
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.start();
        test.reader.addSplits(List.of(LaneSplit.fresh(0)));
        test.grant();
        assertThat(test.server.registered()).isEmpty();

        test.reader.handleSourceEvents(update(3, "orders"));

        assertThat(test.server.registered())
                .singleElement()
                .satisfies(
                        registration -> {
                            assertThat(registration.version()).isEqualTo(3);
                            assertThat(registration.source().streams())
                                    .isEqualTo(streams("orders"));
                        });
        assertThat(test.intake().status()).isEqualTo(Status.OPEN);
        assertThat(configurationVersion(test)).isEqualTo(3);
    }

    @Test
    void a_configuration_that_comes_before_the_lanes_waits_for_them() {
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.start();
        test.reader.handleSourceEvents(update(3, "orders"));
        assertThat(test.server.registered()).isEmpty();

        test.reader.addSplits(List.of(LaneSplit.fresh(0)));

        assertThat(test.server.registered()).hasSize(1);
    }

    @Test
    void a_newer_one_goes_to_the_server_and_an_older_or_known_one_nowhere() {
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.start();
        test.reader.addSplits(List.of(LaneSplit.fresh(0)));
        test.reader.handleSourceEvents(update(3, "orders"));

        test.reader.handleSourceEvents(update(3, "orders"));
        test.reader.handleSourceEvents(update(2, "old"));
        assertThat(test.server.reconfigured()).isEmpty();

        test.reader.handleSourceEvents(update(4, "orders", "invoices"));
        assertThat(test.server.reconfigured())
                .singleElement()
                .satisfies(
                        source ->
                                assertThat(source.streams())
                                        .isEqualTo(streams("orders", "invoices")));
        assertThat(test.server.registered()).hasSize(1);
        assertThat(configurationVersion(test)).isEqualTo(4);
    }

    @Test
    void what_a_removed_stream_has_queued_comes_out_and_is_shown_no_more() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.start();
        test.reader.addSplits(List.of(LaneSplit.fresh(0)));
        test.grant();
        test.reader.handleSourceEvents(update(3, "orders", "invoices"));
        HeldReply reply = test.offer(0, "a");
        assertThat(queueGauge(test, "queuedDeliveries")).isEqualTo(1);

        test.reader.handleSourceEvents(update(4, "invoices"));

        for (String gauge :
                List.of(
                        "queuedBytes",
                        "queuedDeliveries",
                        "queueShareBytes",
                        "overHighWater",
                        "queueDepthAlert",
                        "lossBudgetLeft",
                        "lossWindowShed")) {
            assertThat(queueGauge(test, gauge)).as(gauge).isZero();
        }
        assertThat(test.drain()).containsExactly("a");
        test.reader.snapshotState(1);
        test.complete(1);
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);
    }

    @Test
    void the_queue_is_shared_as_before_until_the_server_goes_by_the_new_version() {
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.start();
        test.reader.addSplits(List.of(LaneSplit.fresh(0)));
        test.grant();
        test.reader.handleSourceEvents(update(3, "orders"));
        assertThat(queueGauge(test, "queueShareBytes")).isEqualTo(ReaderUnderTest.QUEUE_BYTES / 2);

        test.server.canUse(false);
        test.reader.handleSourceEvents(update(4, "orders", "invoices"));
        assertThat(configurationVersion(test)).isEqualTo(3);
        assertThat(queueGauge(test, "queueShareBytes")).isEqualTo(ReaderUnderTest.QUEUE_BYTES / 2);
        assertThat(queueGauge(test, "invoices", "queueShareBytes")).isZero();

        test.server.canUse(true);
        test.reader.handleSourceEvents(update(5, "orders", "invoices"));
        assertThat(queueGauge(test, "queueShareBytes")).isEqualTo(ReaderUnderTest.QUEUE_BYTES / 4);
        assertThat(queueGauge(test, "invoices", "queueShareBytes"))
                .isEqualTo(ReaderUnderTest.QUEUE_BYTES / 4);
    }

    @Test
    void what_is_restored_of_a_stream_that_came_by_a_reload_counts_for_it() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0);
        before.offer(0, "a,b");
        before.offer(0, "c");
        before.offer(0, "d");
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.addSplits(before.reader.snapshotState(1));
        test.reader.start();
        test.grant();
        assertThat(test.emit(1)).containsExactly("a");
        long queued = before.intake().pendingBytes();

        test.reader.handleSourceEvents(update(3, "orders"));

        assertThat(queueGauge(test, "queuedDeliveries")).isEqualTo(3);
        assertThat(queueGauge(test, "queuedBytes")).isEqualTo(queued);
        assertThat(test.intake().pendingBytes()).isEqualTo(queued);
        test.reader.handleSourceEvents(update(4, "orders", "invoices"));
        assertThat(queueGauge(test, "queuedDeliveries")).isEqualTo(3);

        assertThat(test.drain()).containsExactly("b", "c", "d");
        assertThat(queueGauge(test, "queuedDeliveries")).isZero();
        assertThat(queueGauge(test, "queuedBytes")).isZero();
        assertThat(test.intake().pendingBytes()).isZero();
    }

    @Test
    void what_is_restored_of_a_stream_that_is_gone_counts_for_nobody_in_particular()
            throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0);
        before.offer(0, "a");
        ReaderUnderTest test = ReaderUnderTest.reloading();
        test.reader.addSplits(before.reader.snapshotState(1));
        test.reader.start();
        test.grant();

        test.reader.handleSourceEvents(update(3, "invoices"));

        assertThat(queueGauge(test, "invoices", "queuedDeliveries")).isZero();
        assertThat(test.intake().pendingBytes()).isPositive();
        assertThat(test.drain()).containsExactly("a");
        assertThat(test.intake().pendingBytes()).isZero();
    }

    private static long queueGauge(ReaderUnderTest test, String name) {
        return queueGauge(test, "orders", name);
    }

    private static long queueGauge(ReaderUnderTest test, String stream, String name) {
        return test.metrics
                .<Number>getGauge("stream", stream, name)
                .orElseThrow()
                .getValue()
                .longValue();
    }

    @Test
    void a_source_that_is_not_reloaded_registers_at_once_and_goes_by_version_0() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);

        assertThat(test.server.registered()).hasSize(1);
        assertThat(configurationVersion(test)).isZero();
    }

    private static long configurationVersion(ReaderUnderTest test) {
        return test.metrics.<Long>getGauge("configurationVersion").orElseThrow().getValue();
    }

    private static ConfigurationUpdate update(long number, String... names) {
        return new ConfigurationUpdate(number, "0123456789ab", streams(names));
    }

    private static List<StreamSettings> streams(String... names) {
        Map<String, Configuration> streams = new TreeMap<>();
        for (String name : names) {
            streams.put(
                    name,
                    new Configuration()
                            .set(StreamOptions.PATH, "/in/" + name)
                            .set(StreamOptions.AUTH_TYPE, "none")
                            .set(StreamOptions.EVENT_ID, "body-digest"));
        }
        return SettingsResolver.resolve(
                        "test", new Configuration(), new Configuration(), streams, List.of())
                .streams();
    }
}
