/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.lane.LaneSplit;

import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.connector.testutils.source.reader.TestingSplitEnumeratorContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

class WebhookEnumeratorTest {

    private static final int LANES = 5;
    private static final String JOB = "job-of-the-enumerators";

    private final AtomicLong wallClock = new AtomicLong(1_000_000);
    private final List<WebhookEnumerator> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(WebhookEnumerator::close);
    }

    @Test
    void checkpoints_are_rare_once_every_reader_has_said_that_nothing_waits() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        job.register(0);
        job.register(1);
        job.rare.clear();

        job.tell(0, 1, false);
        assertThat(job.rare).isEmpty();
        job.tell(1, 1, false);
        assertThat(job.rare).containsExactly(true);
        job.tell(1, 2, true);
        assertThat(job.rare).containsExactly(true, false);
    }

    @Test
    void what_a_reader_has_said_before_does_not_count_when_it_comes_late() {
        Job job = new Job(1, WebhookEnumState.fresh(LANES));
        job.register(0);
        job.rare.clear();

        job.tell(0, 2, true);
        job.tell(0, 1, false);

        assertThat(job.rare).isEmpty();
    }

    @Test
    void a_reader_that_fails_or_comes_anew_wants_a_checkpoint() {
        Job job = new Job(1, WebhookEnumState.fresh(LANES));
        job.register(0);
        job.tell(0, 9, false);
        job.rare.clear();

        job.fail(0);
        assertThat(job.rare).containsExactly(false);
        job.register(0);
        job.tell(0, 1, false);

        assertThat(job.rare).as("its numbers begin anew").containsExactly(false, true);
    }

    @Test
    void what_the_reader_before_has_said_does_not_count_for_the_next_one() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        job.register(0);
        job.register(1);
        job.tell(0, 1, false);
        job.tell(1, 1, false);
        job.rare.clear();

        job.fail(0);
        job.tell(1, 2, true);
        job.tell(1, 3, false);
        assertThat(job.rare).as("one is gone").containsExactly(false);
        job.register(0);
        job.tell(1, 4, true);
        job.tell(1, 5, false);
        assertThat(job.rare).as("it waits for a first checkpoint").containsExactly(false);

        job.tell(0, 1, false);
        assertThat(job.rare).containsExactly(false, true);
    }

    @Test
    void lane_i_goes_to_reader_i_mod_p() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));

        job.register(0);
        job.register(1);

        assertThat(job.lanesOf(0)).containsExactly(0, 2, 4);
        assertThat(job.lanesOf(1)).containsExactly(1, 3);
    }

    @Test
    void a_reader_that_registers_again_with_its_state_gets_nothing_again() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        job.register(0);

        job.fail(0);
        job.register(0);

        assertThat(job.lanesOf(0)).containsExactly(0, 2, 4);
    }

    @Test
    void a_reader_that_fails_before_the_first_checkpoint_gets_its_lanes_again() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        job.register(0);
        job.register(1);

        job.fail(0, 0, 2, 4);
        assertThat(job.state().assigned().stream()).containsExactly(1, 3);
        job.register(0);

        assertThat(job.lanesOf(0)).containsExactly(0, 2, 4, 0, 2, 4);
        assertThat(job.state().assigned().cardinality()).isEqualTo(LANES);
    }

    @Test
    void a_restored_job_assigns_nothing_again_at_any_parallelism() {
        Job before = new Job(2, WebhookEnumState.fresh(LANES));
        before.register(0);
        before.register(1);

        Job after = new Job(3, before.state());
        after.register(0);
        after.register(1);
        after.register(2);

        assertThat(after.context.getSplitAssignments()).isEmpty();
    }

    @Test
    void a_checkpoint_between_two_registrations_leaves_the_rest_to_the_restored_job() {
        Job before = new Job(2, WebhookEnumState.fresh(LANES));
        before.register(0);
        WebhookEnumState state = before.state();
        before.register(1);

        Job after = new Job(3, state);
        after.register(0);
        after.register(1);
        after.register(2);

        assertThat(after.lanesOf(0)).containsExactly(3);
        assertThat(after.lanesOf(1)).containsExactly(1);
        assertThat(after.lanesOf(2)).isEmpty();
    }

    @Test
    void another_number_of_lanes_on_restore_is_refused_with_both_numbers() {
        assertThatThrownBy(() -> new Job(2, WebhookEnumState.fresh(8)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lanes: 5 (expected: 8, as in the state that is restored)");
    }

    @Test
    void fewer_lanes_than_readers_are_refused_at_the_start() {
        assertThatThrownBy(() -> new Job(8, WebhookEnumState.fresh(LANES)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("lanes: 5 (expected: at least the parallelism, which is 8)");
    }

    @Test
    void a_hello_is_answered_with_a_grant_and_listed() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        ReaderHello hello = new ReaderHello(7, List.of(1, 3), "http://10.0.0.1:8080");

        job.register(1);
        job.enumerator.handleSourceEvent(1, hello);

        assertThat(job.context.getSentEvents().get(1))
                .containsExactly(new OwnershipGrant(7, List.of(1, 3), 1_000_000));
        assertThat(job.enumerator.readers()).containsEntry(1, hello);
    }

    @Test
    void a_reader_that_fails_leaves_the_directory() {
        Job job = new Job(2, WebhookEnumState.fresh(LANES));
        job.register(1);
        job.enumerator.handleSourceEvent(1, new ReaderHello(7, List.of(1, 3), "http://x"));

        job.fail(1);

        assertThat(job.enumerator.readers()).isEmpty();
    }

    @Test
    void epochs_grow_within_a_millisecond_and_across_a_clock_that_went_back() {
        EpochCounter epochs = new EpochCounter(0, wallClock::get);
        long first = epochs.next();
        long second = epochs.next();
        wallClock.addAndGet(-500);
        long third = new EpochCounter(second, wallClock::get).next();

        assertThat(List.of(first, second, third)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void epochs_granted_after_the_restored_checkpoint_are_not_granted_again() {
        Job before = new Job(2, WebhookEnumState.fresh(LANES));
        WebhookEnumState state = before.state();
        before.register(0);
        before.enumerator.handleSourceEvent(0, new ReaderHello(1, List.of(), "http://x"));
        wallClock.addAndGet(1);

        Job after = new Job(2, state);
        after.register(0);
        after.enumerator.handleSourceEvent(0, new ReaderHello(2, List.of(), "http://x"));

        assertThat(epochOf(after)).isGreaterThan(epochOf(before));
    }

    private static long epochOf(Job job) {
        return ((OwnershipGrant) job.context.getSentEvents().get(0).get(0)).epoch();
    }

    /** An enumerator that has started, and its coordinator. */
    private final class Job {
        final Coordinator context;
        final WebhookEnumerator enumerator;
        final List<Boolean> rare = new ArrayList<>();

        Job(int parallelism, WebhookEnumState state) {
            context = new Coordinator(parallelism);
            enumerator =
                    new WebhookEnumerator(
                            context,
                            LANES,
                            null,
                            state,
                            wallClock::get,
                            () -> Cadence.join(JOB, true, rare::add));
            enumerator.start();
            started.add(enumerator);
        }

        void tell(int subtask, long number, boolean waits) {
            enumerator.handleSourceEvent(subtask, new CheckpointDemand(number, waits));
        }

        void register(int subtask) {
            context.register(subtask);
            enumerator.addReader(subtask);
        }

        /** What the coordinator does; the lanes are those that no checkpoint contains. */
        void fail(int subtask, Integer... lanes) {
            context.live.remove(subtask);
            enumerator.addSplitsBack(Stream.of(lanes).map(LaneSplit::fresh).toList(), subtask);
        }

        WebhookEnumState state() {
            return enumerator.snapshotState(1);
        }

        List<Integer> lanesOf(int subtask) {
            var assignment = context.getSplitAssignments().get(subtask);
            return assignment == null
                    ? List.of()
                    : assignment.getAssignedSplits().stream().map(LaneSplit::lane).toList();
        }
    }

    /** Flink's, with readers that can fail. */
    private static final class Coordinator extends TestingSplitEnumeratorContext<LaneSplit> {
        final Set<Integer> live = new TreeSet<>();

        Coordinator(int parallelism) {
            super(parallelism);
        }

        void register(int subtask) {
            live.add(subtask);
            if (!super.registeredReaders().containsKey(subtask)) {
                registerReader(subtask, "host");
            }
        }

        @Override
        public Map<Integer, ReaderInfo> registeredReaders() {
            Map<Integer, ReaderInfo> readers = new TreeMap<>(super.registeredReaders());
            readers.keySet().retainAll(live);
            return readers;
        }
    }
}
