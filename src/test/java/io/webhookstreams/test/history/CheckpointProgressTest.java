/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

/** A moment counts only where the log says so, hence lines as Flink writes them. */
class CheckpointProgressTest {

    private static final String SOURCE = "Source: webhooks-source -> parse (1/2)#2";
    private static final String OTHER =
            "deduplicate -> (to-counted-event, events-files: Writer) (1/2)#2";

    @Test
    void a_source_whose_newest_checkpoint_is_answered_is_before_the_barrier() {
        assertThat(
                        moments(
                                61,
                                sync(SOURCE, 61),
                                async(SOURCE, 61),
                                notified("COMPLETE", SOURCE, 61)))
                .containsExactly(Moment.BEFORE_BARRIER);
    }

    @Test
    void a_task_with_a_synchronous_part_alone_is_in_the_asynchronous_part() {
        assertThat(moments(60, sync(OTHER, 61))).containsExactly(Moment.DURING_ASYNC);
    }

    @Test
    void a_source_that_has_done_its_part_is_between_snapshot_and_completion() {
        assertThat(moments(60, sync(SOURCE, 61), async(SOURCE, 61)))
                .containsExactly(Moment.BEFORE_COMPLETION);
    }

    @Test
    void once_the_jobmanager_has_completed_it_the_answer_is_what_is_missing() {
        assertThat(moments(61, sync(SOURCE, 61), async(SOURCE, 61)))
                .containsExactly(Moment.BEFORE_ANSWER);
    }

    @Test
    void a_checkpoint_that_is_given_up_is_not_open() {
        assertThat(moments(60, sync(SOURCE, 61), notified("ABORT", SOURCE, 61)))
                .containsExactly(Moment.BEFORE_BARRIER);
    }

    @Test
    void that_an_older_checkpoint_is_subsumed_says_nothing() {
        assertThat(
                        moments(
                                61,
                                sync(SOURCE, 61),
                                async(SOURCE, 61),
                                notified("SUBSUME", SOURCE, 60)))
                .containsExactly(Moment.BEFORE_ANSWER);
    }

    @Test
    void what_a_cancelled_attempt_had_open_does_not_count() {
        assertThat(moments(60, sync(SOURCE, 61), "INFO Task [] - Attempting to cancel task Source"))
                .isEmpty();
    }

    private static List<Moment> moments(long completed, String... lines) {
        CheckpointProgress progress = CheckpointProgress.of(List.of(lines));
        return Arrays.stream(Moment.values())
                .filter(moment -> moment != Moment.ANY && progress.isAt(moment, completed))
                .toList();
    }

    private static String sync(String task, long checkpoint) {
        return line(
                task
                        + " - finished synchronous part of checkpoint "
                        + checkpoint
                        + ". Alignment duration: 0 ms, snapshot duration 0 ms");
    }

    private static String async(String task, long checkpoint) {
        return line(
                task
                        + " - finished asynchronous part of checkpoint "
                        + checkpoint
                        + ". Asynchronous duration: 86 ms");
    }

    private static String notified(String operation, String task, long checkpoint) {
        return line(
                "Notification of checkpoint " + operation + " " + checkpoint + " for task " + task);
    }

    private static String line(String message) {
        return "2026-01-01T00:00:00,000 DEBUG org.apache.flink.Some [] - " + message;
    }
}
