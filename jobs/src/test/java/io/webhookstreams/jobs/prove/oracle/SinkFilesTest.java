/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class SinkFilesTest {

    private static final String A = "{\"event_id\":\"a\",\"lane\":3,\"sequence\":7}\n";
    private static final String B = "{\"event_id\":\"b\",\"lane\":3,\"sequence\":8}\n";

    @TempDir Path root;
    private Path day;

    @BeforeEach
    void makeFolder() throws IOException {
        day = Files.createDirectories(root.resolve("stream=events/day=2026-11-23"));
    }

    @Test
    void records_come_from_all_finished_files_with_their_place_in_their_lane() throws Exception {
        Path first = Files.writeString(day.resolve("events-0.jsonl"), A);
        Path second = Files.writeString(day.resolve("events-1.jsonl"), B);

        assertThat(new SinkFiles(root).events())
                .containsExactly(new Emitted("a", 3, 7, first), new Emitted("b", 3, 8, second));
    }

    @Test
    void files_in_progress_are_not_output() throws Exception {
        Files.writeString(day.resolve("events-0.jsonl"), A);
        Files.writeString(day.resolve(".events-1.jsonl.inprogress.0"), B);
        Files.writeString(day.resolve("_events-2"), B);

        assertThat(new SinkFiles(root).lines())
                .extracting(line -> line.get("event_id").asText())
                .containsExactly("a");
    }

    @Test
    void a_folder_that_is_not_there_yet_has_no_records() throws Exception {
        assertThat(new SinkFiles(root.resolve("absent")).events()).isEmpty();
    }
}
