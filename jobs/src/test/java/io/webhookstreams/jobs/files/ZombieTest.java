/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.files.Attempt.Checkpoint;

import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Attempts that were given up and live on, beside the attempt that goes on for them. Each writes
 * and comes late in its own way; the finished files hold what the attempts that count wrote.
 */
class ZombieTest {

    private static final Duration ROLL_INTERVAL = Duration.ofSeconds(60);

    @TempDir java.nio.file.Path directory;

    private final Deque<Attempt> attempts = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        for (Attempt attempt : attempts) {
            attempt.close();
        }
    }

    @Test
    void what_a_zombie_still_writes_is_in_no_file() throws Exception {
        Attempt zombie = first().write("one", "two");
        Checkpoint checkpoint = zombie.checkpoint(1);
        zombie.write("three");

        Attempt next = restored(checkpoint).write("three");
        zombie.write("four", "five");
        next.write("four");
        complete(next, 2);
        zombie.write("six");

        assertThat(finishedLines()).containsExactlyInAnyOrder("one", "two", "three", "four");
    }

    /** The reason for this package. When this fails, Flink has mended it. */
    @Test
    void flinks_own_sink_takes_in_what_a_zombie_still_writes() throws Exception {
        FileSink<String> flinks =
                FileSink.forRowFormat(
                                new Path(directory.toUri()), new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withRollingPolicy(rolling())
                        .build();
        Attempt zombie = opened(Attempt.first(flinks)).write("one", "two");
        Checkpoint checkpoint = zombie.checkpoint(1);
        zombie.write("three");

        Attempt next = opened(Attempt.restored(flinks, checkpoint)).write("three");
        zombie.write("four", "five");
        next.write("four");
        complete(next, 2);

        assertThat(finishedLines()).contains("five");
    }

    @Test
    void a_zombie_that_rolls_its_file_finishes_nothing() throws Exception {
        Attempt zombie = first().write("one");
        Checkpoint checkpoint = zombie.checkpoint(1);

        Attempt next = restored(checkpoint);
        zombie.write("two").passTime(ROLL_INTERVAL.plusSeconds(1));
        zombie.write("three");
        zombie.checkpoint(2);
        complete(next.write("two"), 2);

        assertThat(finishedLines()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void a_zombie_that_hears_late_of_a_completed_checkpoint_finishes_nothing_twice()
            throws Exception {
        Attempt zombie = first().write("one");
        zombie.passTime(ROLL_INTERVAL.plusSeconds(1));
        zombie.write("two");
        Checkpoint checkpoint = zombie.checkpoint(1);

        Attempt next = restored(checkpoint).write("three");
        zombie.write("three");
        zombie.completed(checkpoint);
        complete(next, 2);

        assertThat(finishedLines()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void an_attempt_that_was_given_up_after_its_restore_is_a_zombie_too() throws Exception {
        Checkpoint checkpoint = first().write("one").checkpoint(1);

        Attempt zombie = restored(checkpoint).write("two");
        Attempt next = restored(checkpoint).write("two");
        zombie.write("three");
        zombie.checkpoint(2);
        complete(next, 2);
        zombie.write("four");

        assertThat(finishedLines()).containsExactlyInAnyOrder("one", "two");
    }

    /** Its copy comes in the place of the file when another attempt has gone on. */
    @Test
    void an_attempt_that_was_given_up_in_its_restore_and_goes_on_late_takes_nothing_away()
            throws Exception {
        Checkpoint checkpoint = first().write("one").checkpoint(1);

        Attempt next = restored(checkpoint).write("two");
        restored(checkpoint);
        complete(next, 2);

        assertThat(finishedLines()).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void a_restored_file_is_finished_with_the_first_checkpoint_though_nothing_comes()
            throws Exception {
        Checkpoint checkpoint = first().write("one").checkpoint(1);

        Attempt next = restored(checkpoint);
        next.completed(next.checkpoint(2));

        assertThat(finishedLines()).containsExactly("one");
    }

    @Test
    void a_file_that_nobody_restores_grows_from_checkpoint_to_checkpoint() throws Exception {
        Attempt only = first().write("one");
        only.completed(only.checkpoint(1));
        only.write("two");
        complete(only, 2);

        assertThat(finished()).hasSize(1);
        assertThat(finishedLines()).containsExactly("one", "two");
    }

    private Attempt first() throws Exception {
        return opened(Attempt.first(sink()));
    }

    private Attempt restored(Checkpoint checkpoint) throws Exception {
        return opened(Attempt.restored(sink(), checkpoint));
    }

    private Attempt opened(Attempt attempt) {
        attempts.push(attempt);
        return attempt;
    }

    /** Rolls by age, so that everything is finished. */
    private static void complete(Attempt attempt, long checkpoint) throws Exception {
        attempt.passTime(ROLL_INTERVAL.plusSeconds(1));
        attempt.completed(attempt.checkpoint(checkpoint));
    }

    private OneWriterFileSink<String> sink() {
        return new OneWriterFileSink<>(
                new Path(directory.toUri()),
                new SimpleStringEncoder<>(),
                new BasePathBucketAssigner<>(),
                rolling(),
                Duration.ofSeconds(1),
                OutputFileConfig.builder().build());
    }

    private static DefaultRollingPolicy<String, String> rolling() {
        return DefaultRollingPolicy.builder()
                .withRolloverInterval(ROLL_INTERVAL)
                .withInactivityInterval(ROLL_INTERVAL)
                .build();
    }

    private List<java.nio.file.Path> finished() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.list(directory)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private List<String> finishedLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (java.nio.file.Path file : finished()) {
            lines.addAll(Files.readAllLines(file));
        }
        return lines;
    }
}
