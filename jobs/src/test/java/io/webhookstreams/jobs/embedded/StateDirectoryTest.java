/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;

class StateDirectoryTest {

    @TempDir Path folder;
    private StateDirectory state;

    @BeforeEach
    void create() throws IOException {
        state = StateDirectory.create(folder);
    }

    @Test
    void without_anything_complete_there_is_nothing_to_resume_from() throws IOException {
        Files.createDirectories(state.checkpoints().resolve("job-a/chk-7"));
        Files.createDirectories(state.savepoints().resolve("savepoint-a-1"));

        assertThat(state.newest()).isEmpty();
    }

    @Test
    void the_highest_checkpoint_wins_across_jobs_whatever_the_clock_says() throws IOException {
        Path newest = checkpoint("job-a", 10);
        Path older = checkpoint("job-b", 9);
        Files.setLastModifiedTime(
                older.resolve(ResumePoint.METADATA), FileTime.fromMillis(4_000_000_000_000L));

        assertThat(state.newest()).contains(new ResumePoint(newest, 10));
    }

    @Test
    void a_checkpoint_without_metadata_is_not_complete() throws IOException {
        Path complete = checkpoint("job-a", 3);
        Files.createDirectories(state.checkpoints().resolve("job-a/chk-4"));
        Files.createFile(state.checkpoints().resolve("job-a/chk-4/._metadata.inprogress"));

        assertThat(state.newest()).contains(new ResumePoint(complete, 3));
    }

    @Test
    void a_savepoint_is_compared_by_the_id_in_its_metadata() throws IOException {
        checkpoint("job-a", 10);
        Path savepoint = savepoint("savepoint-a-1", 11);
        assertThat(state.newest()).contains(new ResumePoint(savepoint, 11));

        Path checkpoint = checkpoint("job-b", 12);
        assertThat(state.newest()).contains(new ResumePoint(checkpoint, 12));
    }

    @Test
    void nothing_older_stands_in_for_an_unreadable_newest_one() throws IOException {
        checkpoint("job-a", 10);
        Path damaged = checkpoint("job-a", 11);
        truncate(damaged);

        assertThatThrownBy(() -> state.newest())
                .isInstanceOf(UnreadableResumePointException.class)
                .hasMessageStartingWith(damaged + ": its metadata cannot be read (expected: ")
                .hasMessageContaining("--from-scratch");
    }

    @Test
    void an_unreadable_older_checkpoint_does_not_matter() throws IOException {
        truncate(checkpoint("job-a", 10));
        Path newest = checkpoint("job-a", 11);

        assertThat(state.newest()).contains(new ResumePoint(newest, 11));
    }

    @Test
    void a_savepoint_that_tells_no_id_may_be_the_newest_and_is_refused() throws IOException {
        checkpoint("job-a", 10);
        Path damaged = savepoint("savepoint-a-1", 9);
        Files.write(damaged.resolve(ResumePoint.METADATA), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});

        assertThatThrownBy(() -> state.newest()).isInstanceOf(UnreadableResumePointException.class);
    }

    private Path checkpoint(String job, long id) throws IOException {
        return complete(state.checkpoints().resolve(job).resolve("chk-" + id), id);
    }

    private Path savepoint(String name, long id) throws IOException {
        return complete(state.savepoints().resolve(name), id);
    }

    private static Path complete(Path directory, long id) throws IOException {
        Files.createDirectories(directory);
        try (OutputStream out = Files.newOutputStream(directory.resolve(ResumePoint.METADATA))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(id, List.of(), List.of()), out);
        }
        return directory;
    }

    private static void truncate(Path directory) throws IOException {
        Path metadata = directory.resolve(ResumePoint.METADATA);
        byte[] bytes = Files.readAllBytes(metadata);
        Files.write(metadata, Arrays.copyOf(bytes, bytes.length / 2));
    }
}
