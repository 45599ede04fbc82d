/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.ConfigurationStatus;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;
import io.webhookstreams.connector.lane.StreamQueue;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A source's standard metrics (FLIP-33), and the reader's own. Counters count on the task's thread;
 * gauges are read on any.
 */
final class ReaderMetrics {

    private final SourceReaderMetricGroup group;
    private final Counter records;
    private final Counter bytes;
    private final Set<String> queues = new HashSet<>();
    private volatile long lastCompletedCheckpoint = -1;

    ReaderMetrics(SourceReaderMetricGroup group) {
        this.group = group;
        this.records = group.getIOMetricGroup().getNumRecordsInCounter();
        this.bytes = group.getIOMetricGroup().getNumBytesInCounter();
    }

    /**
     * Registers the reader's own.
     *
     * @param configuration which one this JVM goes by
     */
    void register(
            Lanes lanes,
            QueueBudget budget,
            ReaderIntake intake,
            Supplier<ConfigurationStatus> configuration) {
        group.setPendingRecordsGauge(() -> (long) lanes.deliveries());
        group.setPendingBytesGauge(budget::used);
        gauge(MetricDefinition.PENDING_RECEIPTS, intake::pendingReceipts);
        gauge(
                MetricDefinition.OLDEST_PENDING_RECEIPT,
                () -> TimeUnit.NANOSECONDS.toMillis(intake.oldestPendingNanos()));
        gauge(
                MetricDefinition.TIME_TO_DURABLE_AT_WORST,
                () -> TimeUnit.NANOSECONDS.toMillis(intake.nanosToDurable()));
        gauge(MetricDefinition.COALESCING_BYTES, intake::coalescingBytes);
        gauge(MetricDefinition.NOT_REMEMBERED, intake::notRemembered);
        gauge(MetricDefinition.CHECKPOINTS_STALLED, () -> intake.isStalled() ? 1 : 0);
        gauge(MetricDefinition.OWNED_LANES, () -> intake.lanes().length);
        gauge(MetricDefinition.LAST_COMPLETED_CHECKPOINT, () -> lastCompletedCheckpoint);
        gauge(MetricDefinition.CONFIGURATION_VERSION, () -> configuration.get().version());
        gauge(MetricDefinition.CONFIGURATION_BEHIND, () -> configuration.get().isBehind() ? 1 : 0);
    }

    /** Registers those of streams that are new. */
    void registerQueues(List<StreamSettings> streams, QueueBudget budget, ReaderIntake intake) {
        for (StreamSettings stream : streams) {
            String name = stream.name();
            if (queues.add(name)) {
                // Another division of the budget makes other queues.
                MetricGroup below = group.addGroup("stream", name);
                register(below, () -> budget.of(name));
                gauge(below, MetricDefinition.LOSS_BUDGET_LEFT, () -> intake.mayBeShed(name));
                gauge(below, MetricDefinition.LOSS_WINDOW_SHED, () -> intake.shed(name));
            }
        }
    }

    private static void register(MetricGroup below, Supplier<StreamQueue> queue) {
        gauge(below, MetricDefinition.QUEUED_BYTES, () -> queue.get().bytes());
        gauge(below, MetricDefinition.QUEUED_DELIVERIES, () -> queue.get().deliveries());
        gauge(below, MetricDefinition.QUEUE_SHARE, () -> queue.get().guaranteedBytes());
        gauge(below, MetricDefinition.OVER_HIGH_WATER, () -> queue.get().isOverHighWater() ? 1 : 0);
        gauge(below, MetricDefinition.QUEUE_DEPTH_ALERT, () -> queue.get().isAlerting() ? 1 : 0);
    }

    Counter errors() {
        return group.getNumRecordsInErrorsCounter();
    }

    void deliveryTaken(int wireBytes) {
        bytes.inc(wireBytes);
    }

    void recordEmitted() {
        records.inc();
    }

    void checkpointCompleted(long checkpointId) {
        lastCompletedCheckpoint = checkpointId;
    }

    private <N extends Number> void gauge(MetricDefinition definition, Gauge<N> value) {
        gauge(group, definition, value);
    }

    private static <N extends Number> void gauge(
            MetricGroup group, MetricDefinition definition, Gauge<N> value) {
        group.gauge(definition.metric(), value);
    }
}
