/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    @Test
    void a_file_is_read_once_and_one_that_was_passed_over_never() throws Exception {
        SinkFiles files = new SinkFiles(root);
        Files.writeString(day.resolve("events-0.jsonl"), A);
        files.skipFinished();
        Files.writeString(day.resolve("events-1.jsonl"), B);

        assertThat(newLines(files)).containsExactly("b");
        assertThat(newLines(files)).isEmpty();
    }

    @Test
    void a_line_that_is_no_json_object_is_told_with_its_number() throws Exception {
        Path file = Files.writeString(day.resolve("events-0.jsonl"), A + "\0\0\0\n[1]\n" + B);

        assertThat(newLines(new SinkFiles(root)))
                .containsExactly("a", file + ":2", file + ":3", "b");
        assertThatThrownBy(() -> new SinkFiles(root).events()).hasMessageContaining("line 2");
    }

    private static List<String> newLines(SinkFiles files) throws IOException {
        List<String> lines = new ArrayList<>();
        files.readNew(
                new SinkFiles.Lines() {
                    @Override
                    public void line(JsonNode line, Path file) {
                        lines.add(line.get("event_id").asText());
                    }

                    @Override
                    public void unreadable(Path file, int number) {
                        lines.add(file + ":" + number);
                    }
                });
        return lines;
    }
}
