/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ReaderEmissionTest {

    @Test
    void one_poll_emits_one_record() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "a,b");

        assertThat(test.reader.pollNext(test.output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(test.output.records).containsExactly("a");
        assertThat(test.reader.pollNext(test.output)).isEqualTo(InputStatus.MORE_AVAILABLE);
        assertThat(test.output.records).containsExactly("a", "b");
        assertThat(test.reader.pollNext(test.output)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
    }

    @Test
    void lanes_take_turns_and_keep_their_order() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0, 1);
        test.offer(0, "a1,a2");
        test.offer(0, "a3");
        test.offer(1, "b1");

        assertThat(test.drain()).containsExactly("a1", "a2", "b1", "a3");
    }

    @Test
    void the_future_is_one_until_something_comes() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.drain();
        CompletableFuture<Void> available = test.reader.isAvailable();
        assertThat(available).isNotDone();
        assertThat(test.reader.isAvailable()).isSameAs(available);

        test.offer(0, "a");

        assertThat(available).isDone();
        test.drain();
        assertThat(test.reader.isAvailable()).isNotDone();
    }

    @Test
    void lanes_that_are_added_with_content_wake_the_task() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(3);
        before.offer(3, "a");
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.drain();

        test.reader.addSplits(before.reader.snapshotState(1));

        assertThat(test.reader.isAvailable()).isDone();
        assertThat(test.drain()).containsExactly("a");
    }

    @Test
    void a_record_carries_the_events_time_or_else_when_it_was_received() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        Instant eventTime = Instant.parse("2026-02-28T23:59:59.999Z");
        WebhookDelivery timed =
                WebhookDelivery.builder().body(new byte[] {'a'}).eventTime(eventTime).build();
        test.offer(0, timed, Tier.CHECKPOINT);
        test.offer(0, "b");
        test.drain();

        assertThat(test.output.timestamps)
                .containsExactly(eventTime.toEpochMilli(), Deliveries.RECEIVED_AT.toEpochMilli());
    }

    @Test
    void what_cannot_be_read_is_emitted_as_an_error() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(OnError.EMIT, 0);
        test.offer(0, "a,!");
        test.offer(0, "b");

        assertThat(test.drain()).containsExactly("error in a,!", "b");
    }

    @Test
    void what_cannot_be_read_is_dropped_and_counted() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(OnError.DROP, 0);
        test.offer(0, "a,!");
        test.offer(0, "b");

        assertThat(test.drain()).containsExactly("b");
        assertThat(test.context.metricGroup().getNumRecordsInErrorsCounter().getCount())
                .isEqualTo(1);
        assertThat(test.reader.snapshotState(1).get(0).queue()).isEmpty();
    }

    @Test
    void what_cannot_be_read_fails_the_task_only_where_that_is_wanted() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(OnError.FAIL, 0);
        test.offer(0, "!");

        assertThatThrownBy(test::drain)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read (expected: on-error emit or drop")
                .hasRootCauseMessage("!");
    }

    @Test
    void the_standard_metrics_follow() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "a,b");
        test.offer(0, "c");
        test.emit(1);

        assertThat(ofTask(test).getNumRecordsInCounter().getCount()).isEqualTo(1);
        assertThat(gauge(test, "pendingRecords")).isEqualTo(2L);
        assertThat((Long) gauge(test, "pendingBytes")).isPositive();
        assertThat(gauge(test, "pendingReceipts")).isEqualTo(2);

        test.drain();
        test.reader.snapshotState(7);
        test.complete(7);

        assertThat(ofTask(test).getNumRecordsInCounter().getCount()).isEqualTo(3);
        assertThat(ofTask(test).getNumBytesInCounter().getCount()).isPositive();
        assertThat(gauge(test, "pendingRecords")).isEqualTo(0L);
        assertThat(gauge(test, "pendingBytes")).isEqualTo(0L);
        assertThat(gauge(test, "pendingReceipts")).isEqualTo(0);
        assertThat(gauge(test, "lastCompletedCheckpoint")).isEqualTo(7L);
        assertThat(gauge(test, "checkpointsStalled")).isEqualTo(0);
    }

    @Test
    void every_gauge_of_a_reader_in_the_reference_is_registered() {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);

        assertThat(MetricDefinition.values())
                .filteredOn(metric -> metric.scope() == MetricDefinition.Scope.READER)
                .filteredOn(metric -> metric.type() == MetricDefinition.Type.GAUGE)
                .isNotEmpty()
                .allMatch(metric -> test.metrics.getGauge(metric.metric()).isPresent());
    }

    @Test
    void what_is_queued_takes_as_long_as_what_was_emitted_before() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        for (int i = 0; i < 41; i++) {
            test.offer(0, "a");
        }
        assertThat(test.intake().nanosToDrain()).as("not measured yet").isZero();

        for (int i = 0; i < 21; i++) {
            test.advance(Duration.ofMillis(100));
            test.emit(1);
        }

        assertThat(Duration.ofNanos(test.intake().nanosToDrain()))
                .isBetween(Duration.ofMillis(1_990), Duration.ofMillis(2_010));
        test.drain();
        assertThat(test.intake().nanosToDrain()).isZero();
    }

    @Test
    void pausing_splits_is_harmless() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "a");

        test.reader.pauseOrResumeSplits(List.of("lane-0"), List.of());

        assertThat(test.drain()).containsExactly("a");
    }

    private static Object gauge(ReaderUnderTest test, String name) {
        return test.metrics.getGauge(name).orElseThrow().getValue();
    }

    private static OperatorIOMetricGroup ofTask(ReaderUnderTest test) {
        return test.context.metricGroup().getIOMetricGroup();
    }
}
