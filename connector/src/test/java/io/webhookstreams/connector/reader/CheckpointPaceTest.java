/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

class CheckpointPaceTest {

    private final AtomicLong clock = new AtomicLong(-1_000);
    private LongSupplier waitingSince = () -> -1_000;
    private final CheckpointPace pace =
            new CheckpointPace(clock::get, () -> waitingSince.getAsLong());
    private long checkpoint;

    @BeforeEach
    void checkpoints_complete_evenly() {
        for (int i = 0; i <= CheckpointPace.REMEMBERED; i++) {
            checkpointAfter(100, 10);
        }
    }

    @Test
    void a_delivery_at_the_worst_instant_waits_for_the_barrier_and_the_completion() {
        assertThat(pace.nanosToDurable()).isEqualTo(110);
    }

    @Test
    void one_slow_checkpoint_counts_until_16_others_have_completed() {
        checkpointAfter(100, 50);
        for (int i = 1; i < CheckpointPace.REMEMBERED; i++) {
            checkpointAfter(100, 10);
            assertThat(pace.nanosToDurable()).isEqualTo(150);
        }
        checkpointAfter(100, 10);

        assertThat(pace.nanosToDurable()).isEqualTo(110);
    }

    @Test
    void while_none_completes_the_wait_grows() {
        clock.addAndGet(90);
        assertThat(pace.nanosToDurable()).as("100 since the barrier").isEqualTo(110);

        clock.addAndGet(1_000);

        assertThat(pace.nanosToDurable()).isEqualTo(1_100);
    }

    @Test
    void the_next_completion_is_expected_after_the_next_barrier_or_the_one_that_has_come() {
        assertThat(pace.nanosToCompletion()).as("10 after the last barrier").isEqualTo(100);

        clock.addAndGet(90);
        pace.cut(++checkpoint);
        assertThat(pace.nanosToCompletion()).isEqualTo(10);

        clock.addAndGet(4);
        assertThat(pace.nanosToCompletion()).isEqualTo(6);
    }

    @Test
    void a_completion_that_is_overdue_is_expected_in_as_long_again() {
        clock.addAndGet(100 + 70);

        assertThat(pace.nanosToCompletion()).isEqualTo(70);
    }

    @Test
    void one_that_was_aborted_makes_the_next_period_longer() {
        clock.addAndGet(90);
        pace.cut(++checkpoint);
        clock.addAndGet(10);
        checkpointAfter(100, 10);

        assertThat(pace.nanosToDurable()).isEqualTo(210);
    }

    @Test
    void a_completion_that_covers_an_earlier_cut_counts_from_its_own() {
        clock.addAndGet(90);
        pace.cut(++checkpoint);
        pace.cut(++checkpoint);
        clock.addAndGet(10);
        pace.completed(checkpoint);
        pace.completed(checkpoint - 1);

        assertThat(pace.nanosToDurable()).isEqualTo(110);
    }

    @Test
    void while_nothing_waits_the_time_between_checkpoints_does_not_count() {
        waitingSince = clock::get;
        checkpointAfter(60_000, 20);
        clock.addAndGet(30_000);

        assertThat(pace.nanosToDurable()).isEqualTo(100 + 20);
        assertThat(pace.nanosToCompletion()).as("from now on").isEqualTo(100 + 20);
    }

    @Test
    void after_a_rest_the_wait_counts_from_when_it_began() {
        waitingSince = clock::get;
        clock.addAndGet(60_000);
        long since = clock.get();
        waitingSince = () -> since;

        clock.addAndGet(300);
        assertThat(pace.nanosToDurable()).isEqualTo(300);
        pace.cut(++checkpoint);
        clock.addAndGet(10);
        pace.completed(checkpoint);

        assertThat(pace.nanosToDurable()).isEqualTo(310);
    }

    /** The barrier comes so long after the last one, and the completion so long after that. */
    private void checkpointAfter(long period, long duration) {
        clock.addAndGet(period - sinceBarrier);
        pace.cut(++checkpoint);
        clock.addAndGet(duration);
        pace.completed(checkpoint);
        sinceBarrier = duration;
    }

    private long sinceBarrier;
}
