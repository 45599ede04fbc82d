/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.config.CheckpointSettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.enumerator.Cadence;
import io.webhookstreams.connector.enumerator.OwnershipGrant;
import io.webhookstreams.connector.enumerator.WebhookEnumState;
import io.webhookstreams.connector.enumerator.WebhookEnumStateSerializer;
import io.webhookstreams.connector.enumerator.WebhookEnumerator;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.LaneSplitSerializer;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.source.event.AddSplitEvent;
import org.apache.flink.runtime.source.event.SourceEventWrapper;
import org.apache.flink.streaming.api.operators.SourceOperator;
import org.apache.flink.streaming.api.operators.SourceOperatorFactory;
import org.apache.flink.streaming.api.operators.source.CollectingDataOutput;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.SourceOperatorTestHarness;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** The reader in Flink's own operator: its state, its redistribution, its notifications. */
class ReaderInOperatorTest {

    private static final int LANES = 8;
    private static final int MAX_PARALLELISM = 8;

    @Test
    void what_is_queued_survives_in_the_operators_state_and_a_batch_goes_on_where_it_was()
            throws Exception {
        HeldReply reply;
        OperatorSubtaskState state;
        try (Task task = Task.fresh(0)) {
            reply = task.offer(0, "a,b,c");
            assertThat(task.emit()).containsExactly("a");
            state = task.harness.snapshot(1, 0);
            task.harness.notifyOfCompletedCheckpoint(1);
            task.server.runSettlements();
        }
        assertThat(reply.settlements()).containsExactly(Settlement.DURABLE);

        try (Task task = Task.restored(state)) {
            assertThat(task.drain()).containsExactly("b", "c");
        }
    }

    @Test
    void flink_deals_lanes_out_whole_when_the_parallelism_changes() throws Exception {
        List<String> expected = new ArrayList<>();
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (int subtask = 0; subtask < 4; subtask++) {
            try (Task task = Task.fresh(subtask, subtask + 4)) {
                for (int lane : task.intake().lanes()) {
                    task.offer(lane, lane + ":1");
                    task.offer(lane, lane + ":2");
                    expected.add(lane + ":1");
                    expected.add(lane + ":2");
                }
                states.add(task.harness.snapshot(1, 0));
            }
        }

        for (int[] change : new int[][] {{4, 2}, {2, 3}, {3, 8}}) {
            states = rescaled(states, change[0], change[1]);
        }

        List<String> emitted = new ArrayList<>();
        for (OperatorSubtaskState state : states) {
            try (Task task = Task.restored(state)) {
                assertThat(task.intake().lanes()).hasSize(1);
                emitted.addAll(task.drain());
            }
        }
        assertThat(emitted).containsExactlyInAnyOrderElementsOf(expected);
        for (int lane = 0; lane < LANES; lane++) {
            assertThat(emitted).containsSubsequence(lane + ":1", lane + ":2");
        }
    }

    /** Restores at another parallelism, and takes a checkpoint without emitting anything. */
    private static List<OperatorSubtaskState> rescaled(
            List<OperatorSubtaskState> states, int from, int to) throws Exception {
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        states.toArray(new OperatorSubtaskState[0]));
        List<OperatorSubtaskState> rescaled = new ArrayList<>();
        for (int subtask = 0; subtask < to; subtask++) {
            OperatorSubtaskState share =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, MAX_PARALLELISM, from, to, subtask);
            try (Task task = Task.restored(share)) {
                rescaled.add(task.harness.snapshot(1, 0));
            }
        }
        return rescaled;
    }

    /** One subtask. */
    private static final class Task implements AutoCloseable {
        final FakeIngestServer server = new FakeIngestServer();
        final MockEnvironment environment = MockEnvironment.builder().build();
        final FakeServerSource source = new FakeServerSource(server, new AtomicReference<>());
        final SourceOperatorTestHarness<String> harness;
        final CollectingDataOutput<String> output = new CollectingDataOutput<>();

        private Task() throws Exception {
            harness =
                    new SourceOperatorTestHarness<>(
                            new SourceOperatorFactory<>(source, WatermarkStrategy.noWatermarks()),
                            environment);
        }

        static Task fresh(int... lanes) throws Exception {
            Task task = new Task();
            task.harness.open();
            task.handle(
                    new AddSplitEvent<>(
                            IntStream.of(lanes).mapToObj(LaneSplit::fresh).toList(),
                            LaneSplitSerializer.INSTANCE));
            task.grant();
            return task;
        }

        static Task restored(OperatorSubtaskState state) throws Exception {
            Task task = new Task();
            task.harness.initializeState(state);
            task.harness.open();
            task.grant();
            return task;
        }

        /** The enumerator's answer to a reader that says which lanes it holds. */
        private void grant() {
            List<Integer> held =
                    source.reader.get().snapshotState(0).stream().map(LaneSplit::lane).toList();
            handle(new SourceEventWrapper(new OwnershipGrant(1, held, 1)));
        }

        private void handle(OperatorEvent event) {
            ((SourceOperator<?, ?>) harness.getOperator()).handleOperatorEvent(event);
        }

        Intake intake() {
            return server.registered().get(0).intake();
        }

        HeldReply offer(int lane, String body) {
            HeldReply reply = new HeldReply();
            return reply.offered(
                    intake().offer(lane, Deliveries.draft(body), Tier.CHECKPOINT, reply.receipt()));
        }

        @SuppressWarnings("unchecked") // The harness does not say whose records it has.
        List<String> emit() throws Exception {
            int before = output.getEvents().size();
            ((SourceOperator<String, ?>) harness.getOperator()).emitNext(output);
            return output.getEvents().stream()
                    .skip(before)
                    .map(event -> ((StreamRecord<String>) event).getValue())
                    .toList();
        }

        List<String> drain() throws Exception {
            List<String> drained = new ArrayList<>();
            for (List<String> more = emit(); !more.isEmpty(); more = emit()) {
                drained.addAll(more);
            }
            return drained;
        }

        @Override
        public void close() throws IOException {
            try {
                harness.close();
                environment.close();
            } catch (Exception e) {
                throw new IOException("the task cannot be closed", e);
            }
        }
    }

    /** The source, but for its server. */
    private record FakeServerSource(
            FakeIngestServer server, AtomicReference<WebhookSourceReader<String>> reader)
            implements Source<String, LaneSplit, WebhookEnumState> {

        private static final long serialVersionUID = 1L;

        @Override
        public Boundedness getBoundedness() {
            return Boundedness.CONTINUOUS_UNBOUNDED;
        }

        @Override
        public SourceReader<String, LaneSplit> createReader(SourceReaderContext context) {
            SourceSettings settings =
                    new SourceSettings(
                            "test",
                            null,
                            List.of(),
                            LANES,
                            1 << 20,
                            1 << 20,
                            Duration.ofMinutes(1),
                            OnError.FAIL,
                            CheckpointSettings.defaults());
            reader.set(
                    new WebhookSourceReader<>(
                            settings,
                            new CommaSchema(),
                            context,
                            () -> server,
                            System::nanoTime,
                            1,
                            false));
            return reader.get();
        }

        @Override
        public SplitEnumerator<LaneSplit, WebhookEnumState> createEnumerator(
                SplitEnumeratorContext<LaneSplit> context) {
            return restoreEnumerator(context, WebhookEnumState.fresh(LANES));
        }

        @Override
        public SplitEnumerator<LaneSplit, WebhookEnumState> restoreEnumerator(
                SplitEnumeratorContext<LaneSplit> context, WebhookEnumState state) {
            return new WebhookEnumerator(
                    context,
                    LANES,
                    null,
                    state,
                    System::currentTimeMillis,
                    () -> Cadence.join("test", false, rare -> {}));
        }

        @Override
        public SimpleVersionedSerializer<LaneSplit> getSplitSerializer() {
            return LaneSplitSerializer.INSTANCE;
        }

        @Override
        public SimpleVersionedSerializer<WebhookEnumState> getEnumeratorCheckpointSerializer() {
            return WebhookEnumStateSerializer.INSTANCE;
        }
    }
}
