/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.history.Copies.Copy;
import io.webhookstreams.test.support.TestDirectory;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;

class CopiesTest {

    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final Instant RESTART = START.plusSeconds(60);

    private final SourceAttempts attempts = new SourceAttempts(Map.of(START, 2, RESTART, 1));
    private final Copies copies = new Copies();

    @Test
    void one_record_of_each_event_is_in_order() {
        assertThat(copies.add("a", copy(1, 1, 5))).isTrue();
        assertThat(copies.add("b", copy(1, 2, 5))).isTrue();

        assertThat(copies.problems(attempts)).isEmpty();
        assertThat(copies.repeated()).isZero();
    }

    @Test
    void a_second_record_in_the_lane_needs_a_new_attempt_between() {
        assertThat(copies.add("restarted", copy(1, 1, 5))).isTrue();
        assertThat(copies.add("restarted", copy(1, 9, 61))).isFalse();
        copies.add("pending", copy(2, 1, 6));
        copies.add("pending", copy(2, 2, 5));

        assertThat(copies.problems(attempts))
                .singleElement()
                .asString()
                .startsWith("pending: ")
                .endsWith("(expected: one record in a lane and attempt)");
        assertThat(copies.repeated()).isEqualTo(2);
    }

    @Test
    void each_reader_may_have_it_once() {
        copies.add("both", copy(1, 1, 5));
        copies.add("both", copy(2, 1, 5));
        copies.add("more", copy(1, 2, 5));
        copies.add("more", copy(2, 2, 5));
        copies.add("more", copy(3, 1, 5));
        copies.add("only", copy(1, 3, 62));
        copies.add("only", copy(2, 3, 62));

        assertThat(copies.problems(attempts))
                .containsExactlyInAnyOrder(
                        "more: 3 records in the attempt of 2026-11-26T10:00:05Z (expected: at most"
                                + " 2, one for each reader)",
                        "only: 2 records in the attempt of 2026-11-26T10:01:02Z (expected: at most"
                                + " 1, one for each reader)");
    }

    @Test
    void what_came_just_before_an_attempt_may_be_in_it() {
        copies.add("a", copy(1, 1, 30));
        copies.add("a", copy(1, 2, 59));
        copies.add("b", copy(1, 3, 30));
        copies.add("b", copy(1, 4, 58));

        assertThat(copies.problems(attempts)).singleElement().asString().startsWith("b: ");
    }

    @Test
    void no_delivery_stands_there_twice_whatever_was_between() {
        copies.add("a", copy(1, 7, 5));
        copies.add("a", copy(1, 7, 5));
        copies.add("b", copy(1, 8, 5));
        copies.add("b", copy(1, 8, 70));

        assertThat(copies.problems(attempts))
                .filteredOn(problem -> problem.contains("one delivery twice"))
                .hasSize(2);
    }

    @Test
    void attempts_are_read_from_the_logs_of_task_managers() throws IOException {
        Path cluster = TestDirectory.of(CopiesTest.class, "cluster");
        String task =
                "%s INFO  org.apache.flink.runtime.taskmanager.Task [] - %s (1/3)#%d (a_0_%d) switched"
                        + " from %s.%n";
        Files.writeString(
                cluster.resolve("taskmanager-2.log"),
                task.formatted(at(10), "Source: webhooks -> parse", 4, 4, "CREATED to DEPLOYING")
                        + task.formatted(
                                at(12), "Source: webhooks -> parse", 4, 4, "DEPLOYING to RUNNING")
                        + task.formatted(at(14), "deduplicate", 4, 4, "CREATED to DEPLOYING"));

        SourceAttempts read = SourceAttempts.of(cluster);

        assertThat(read.readersAt(START.plusSeconds(9))).isZero();
        assertThat(read.readersAt(START.plusSeconds(10))).isEqualTo(3);
        assertThat(read.beganWithin(START, START.plusSeconds(10))).isTrue();
        assertThat(read.beganWithin(START.plusSeconds(11), START.plusSeconds(99))).isFalse();
    }

    /** As logs have it. */
    private static String at(int seconds) {
        LocalDateTime time = LocalDateTime.ofInstant(START, ZoneId.systemDefault());
        return time.plusSeconds(seconds) + ",000";
    }

    private static Copy copy(int lane, long sequence, int second) {
        return new Copy(lane, sequence, START.plusSeconds(second));
    }
}
