/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class DataDirectoryTest {

    @TempDir Path folder;

    @Test
    void a_second_run_is_refused_until_the_first_one_has_closed() throws IOException {
        Path path = folder.resolve("data");
        try (DataDirectory first = DataDirectory.open(path)) {
            assertThat(first.logs()).isEqualTo(path.resolve("log"));
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessage("job.data-dir: " + path + " (expected: in use by no other run)");
        }
        DataDirectory.open(path).close();
    }

    @Test
    void runs_share_a_state_until_one_starts_from_scratch() throws IOException {
        try (DataDirectory data = DataDirectory.open(folder)) {
            Path first = data.currentState().checkpoints();
            assertThat(data.currentState().checkpoints()).isEqualTo(first);

            Path second = data.newState().checkpoints();
            assertThat(second).isNotEqualTo(first);
            assertThat(data.currentState().checkpoints()).isEqualTo(second);
        }
    }

    @Test
    void states_are_counted_and_not_sorted_as_text() throws IOException {
        try (DataDirectory data = DataDirectory.open(folder)) {
            for (int i = 0; i < 10; i++) {
                data.newState();
            }
            Files.createDirectories(folder.resolve("state/notes"));
            assertThat(data.currentState().checkpoints())
                    .isEqualTo(folder.resolve("state/10/checkpoints"));
        }
    }

    @Test
    void what_a_killed_run_left_in_its_working_directory_is_removed() throws IOException {
        try (DataDirectory data = DataDirectory.open(folder)) {
            Files.createDirectories(data.emptyTemporary().resolve("a/b"));
            assertThat(data.emptyTemporary()).isEmptyDirectory();
        }
    }
}
