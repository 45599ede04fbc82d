/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import io.webhookstreams.connector.config.ReloadSettings;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import javax.annotation.Nullable;

/**
 * Gives every lane to a reader, once. What keeps lanes from being lost or owned twice:
 *
 * <ul>
 *   <li>Before the first checkpoint a failure of the whole job starts from nothing: a fresh
 *       enumerator gives all lanes away again.
 *   <li>Where one reader fails, Flink hands back the lanes whose assignment no checkpoint contains;
 *       they go to the same subtask when it registers again. The others are in its state.
 *   <li>A checkpoint contains this state and the readers' as of one instant, so a lane is assigned
 *       here exactly if some reader's state holds it. After a restore, at whatever parallelism,
 *       Flink deals the readers' splits out by itself, and only lanes that nobody holds are given
 *       away.
 * </ul>
 *
 * <p>All methods run on the coordinator's thread.
 */
public final class WebhookEnumerator implements SplitEnumerator<LaneSplit, WebhookEnumState> {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookEnumerator.class);

    private final SplitEnumeratorContext<LaneSplit> context;
    private final int lanes;
    private final LaneAssignment assignment;
    private final EpochCounter epochs;
    private final EndpointDirectory directory = new EndpointDirectory();
    private final Supplier<Cadence> cadences;
    private final WaitingReaders waiting;

    @Nullable private final Reload reload;

    /** Null before the start. */
    @Nullable private Cadence cadence;

    /**
     * @param lanes as configured
     * @param reload where the configuration is read again; null where it is not
     * @param state {@link WebhookEnumState#fresh}, or what is restored
     * @param wallClockMillis see {@link EpochCounter}
     * @param cadences has the source join its job's cadence, at the start
     * @throws IllegalStateException if the state was made with another number of lanes
     */
    public WebhookEnumerator(
            SplitEnumeratorContext<LaneSplit> context,
            int lanes,
            @Nullable ReloadSettings reload,
            WebhookEnumState state,
            LongSupplier wallClockMillis,
            Supplier<Cadence> cadences) {
        if (state.lanes() != lanes) {
            throw new IllegalStateException(
                    "lanes: %d (expected: %d, as in the state that is restored)"
                            .formatted(lanes, state.lanes()));
        }
        this.context = context;
        this.lanes = lanes;
        this.assignment = new LaneAssignment(lanes, state.assigned());
        this.cadences = cadences;
        this.waiting = new WaitingReaders(context.currentParallelism());
        this.epochs = new EpochCounter(state.lastEpoch(), wallClockMillis);
        this.reload = reload == null ? null : new Reload(context, reload, state.configuration());
    }

    @Override
    public void start() {
        int parallelism = context.currentParallelism();
        if (lanes < parallelism) {
            throw new IllegalStateException(
                    "lanes: %d (expected: at least the parallelism, which is %d)"
                            .formatted(lanes, parallelism));
        }
        cadence = cadences.get();
        context.metricGroup().setUnassignedSplitsGauge(() -> (long) assignment.unassigned());
        context.metricGroup().gauge(MetricDefinition.LIVE_ENDPOINTS.metric(), directory::size);
        context.metricGroup()
                .gauge(
                        MetricDefinition.CHECKPOINTS_RARE.metric(),
                        () -> cadence.isResting() ? 1 : 0);
        if (reload != null) {
            reload.start(context.metricGroup(), this::tellCadence);
        }
    }

    @Override
    public void addReader(int subtask) {
        waiting.forget(subtask);
        cadence.waiting(true);
        giveLanes(subtask);
    }

    private void giveLanes(int subtask) {
        List<LaneSplit> given =
                assignment.give(subtask, context.currentParallelism()).stream()
                        .map(LaneSplit::fresh)
                        .toList();
        if (!given.isEmpty()) {
            LOG.debug("reader {} gets {}", subtask, given);
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, given)));
        }
    }

    /** The reader has failed and is not registered any more; it takes them up when it is back. */
    @Override
    public void addSplitsBack(List<LaneSplit> splits, int subtask) {
        splits.forEach(split -> assignment.takeBack(split.lane()));
        directory.remove(subtask);
        waiting.forget(subtask);
        cadence.waiting(true);
        if (context.registeredReaders().containsKey(subtask)) {
            giveLanes(subtask);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ReaderHello hello) {
            directory.put(subtask, hello);
            OwnershipGrant grant =
                    new OwnershipGrant(hello.incarnation(), hello.lanes(), epochs.next());
            LOG.debug("reader {}: {}, {}", subtask, hello, grant);
            if (reload != null) {
                context.sendEventToSourceReader(subtask, reload.update());
            }
            context.sendEventToSourceReader(subtask, grant);
        }
        if (event instanceof CheckpointDemand demand) {
            waiting.tells(subtask, demand);
            tellCadence();
        }
    }

    /** Readers ask for nothing. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String requesterHostname) {}

    @Override
    public WebhookEnumState snapshotState(long checkpointId) {
        return new WebhookEnumState(
                lanes,
                assignment.assigned(),
                epochs.last(),
                reload == null ? null : reload.snapshot(checkpointId));
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (reload != null) {
            reload.completed(checkpointId);
            tellCadence();
        }
    }

    /** A configuration waits for a checkpoint as deliveries do. */
    private void tellCadence() {
        cadence.waiting(!waiting.isNone() || (reload != null && reload.isWaiting()));
    }

    /** The live readers by subtask: where each listens and what it holds. */
    Map<Integer, ReaderHello> readers() {
        return directory.readers();
    }

    @Override
    public void close() {
        if (cadence != null) {
            cadence.close();
        }
    }
}
