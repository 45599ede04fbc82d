/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.lane.LaneSplit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What comes out after a restore: exactly the rest, in order, before anything new. */
class ReaderRestoreTest {

    @ParameterizedTest(name = "after {0} of 3 records")
    @ValueSource(ints = {0, 1, 2, 3})
    void a_barrier_inside_a_batch_is_exact(int emitted) throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0);
        before.offer(0, "a,b,c");
        List<String> all = new ArrayList<>(before.emit(emitted));

        List<LaneSplit> snapshot = before.reader.snapshotState(1);
        before.drain();
        all.addAll(ReaderUnderTest.restored(snapshot).drain());

        assertThat(all).containsExactly("a", "b", "c");
    }

    @Test
    void two_barriers_inside_one_batch_are_exact_across_two_restores() throws Exception {
        ReaderUnderTest first = ReaderUnderTest.withFreshLanes(0);
        first.offer(0, "a,b,c,d");
        first.emit(1);

        ReaderUnderTest second = ReaderUnderTest.restored(first.reader.snapshotState(1));
        assertThat(second.emit(2)).containsExactly("b", "c");

        ReaderUnderTest third = ReaderUnderTest.restored(second.reader.snapshotState(2));
        assertThat(third.drain()).containsExactly("d");
    }

    @Test
    void the_restored_comes_before_the_new_even_of_other_lanes() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0, 1);
        before.offer(1, "old 1");
        before.offer(1, "old 2");

        ReaderUnderTest after = ReaderUnderTest.restored(before.reader.snapshotState(1));
        after.offer(0, "new 1");
        after.offer(1, "new 2");

        assertThat(after.drain()).startsWith("old 1", "old 2").contains("new 1", "new 2");
    }

    @Test
    void sequences_go_on_after_a_restore() throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0);
        before.offer(0, "a");
        before.drain();

        ReaderUnderTest after = ReaderUnderTest.restored(before.reader.snapshotState(1));
        after.offer(0, "b");

        LaneSplit lane = after.reader.snapshotState(2).get(0);
        assertThat(lane.nextSequence()).isEqualTo(2);
    }

    @Test
    void the_restored_goes_through_the_main_output_and_its_carriers_are_released()
            throws Exception {
        ReaderUnderTest before = ReaderUnderTest.withFreshLanes(0, 1);
        before.offer(0, "a");
        ReaderUnderTest after = ReaderUnderTest.restored(before.reader.snapshotState(1));

        after.drain();

        assertThat(after.output.released).containsExactlyInAnyOrder("lane-0", "lane-1");
        assertThat(after.output.records).containsExactly("a");
    }

    @Test
    void a_batch_that_has_no_records_leaves_its_lane() throws Exception {
        ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        test.offer(0, "");
        test.offer(0, "a");

        assertThat(test.drain()).containsExactly("a");
        assertThat(test.reader.snapshotState(1).get(0).queue()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lanes_dealt_out_anew_keep_their_order_and_lose_nothing(long seed) throws Exception {
        Random random = new Random(seed);
        int lanes = 6;
        Map<Integer, List<String>> sent = new TreeMap<>();
        Map<Integer, List<String>> received = new TreeMap<>();
        List<LaneSplit> state = freshLanes(lanes);

        for (int parallelism : new int[] {4, 2, 3, 8}) {
            state = run(random, state, parallelism, sent, received);
        }
        for (ReaderUnderTest reader : readers(state, 1)) {
            reader.drain().forEach(record -> add(received, record));
        }

        assertThat(received).isEqualTo(sent);
    }

    /** One life of the job: offers, emits a part of it, snapshots, offers what nobody will see. */
    private static List<LaneSplit> run(
            Random random,
            List<LaneSplit> state,
            int parallelism,
            Map<Integer, List<String>> sent,
            Map<Integer, List<String>> received)
            throws Exception {
        List<List<LaneSplit>> snapshots = new ArrayList<>();
        for (ReaderUnderTest test : readers(state, parallelism)) {
            for (int lane :
                    test.reader.snapshotState(1).stream().mapToInt(LaneSplit::lane).toArray()) {
                for (int i = random.nextInt(5); i > 0; i--) {
                    offer(test, lane, random.nextInt(4), sent);
                }
            }
            for (int polls = random.nextInt(20); polls > 0; polls--) {
                test.reader.pollNext(test.output);
            }
            snapshots.add(test.reader.snapshotState(2));
            test.output.records.forEach(record -> add(received, record));
            test.drain();
            test.reader.close();
        }
        return ReaderUnderTest.allOf(snapshots);
    }

    /** Deals the lanes out round robin, as Flink does with a list state. */
    private static List<ReaderUnderTest> readers(List<LaneSplit> state, int parallelism) {
        List<ReaderUnderTest> readers = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            List<LaneSplit> share = new ArrayList<>();
            for (int i = subtask; i < state.size(); i += parallelism) {
                share.add(state.get(i));
            }
            readers.add(ReaderUnderTest.restored(share));
        }
        return readers;
    }

    private static void offer(
            ReaderUnderTest test, int lane, int size, Map<Integer, List<String>> sent) {
        List<String> ofLane = sent.computeIfAbsent(lane, added -> new ArrayList<>());
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            batch.add(lane + ":" + (ofLane.size() + i));
        }
        test.offer(lane, String.join(",", batch));
        ofLane.addAll(batch);
    }

    private static void add(Map<Integer, List<String>> records, String record) {
        int lane = Integer.parseInt(record.substring(0, record.indexOf(':')));
        records.computeIfAbsent(lane, added -> new ArrayList<>()).add(record);
    }

    private static List<LaneSplit> freshLanes(int lanes) {
        List<LaneSplit> fresh = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            fresh.add(LaneSplit.fresh(lane));
        }
        return fresh;
    }
}
