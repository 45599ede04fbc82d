/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a file sink has finished: JSON lines in files whose names do not start with a dot
 * or an underscore. Files in progress are not output; no reader of the sink may look at them.
 */
public final class SinkFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    public SinkFiles(Path root) {
        this.root = root;
    }

    /** Every record that is finished by now, in its file's order. */
    public List<Emitted> read() throws IOException {
        List<Emitted> all = new ArrayList<>();
        for (Path file : finished()) {
            for (String line : Files.readAllLines(file)) {
                all.add(emitted(JSON.readTree(line), file));
            }
        }
        return all;
    }

    /** Every line of every finished file. */
    public List<String> lines() throws IOException {
        List<String> all = new ArrayList<>();
        for (Path file : finished()) {
            all.addAll(Files.readAllLines(file));
        }
        return all;
    }

    private List<Path> finished() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(SinkFiles::isFinished)
                    .sorted()
                    .toList();
        } catch (NoSuchFileException nothingWrittenYet) {
            return List.of();
        }
    }

    private static boolean isFinished(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
    }

    private static Emitted emitted(JsonNode record, Path file) {
        return new Emitted(
                record.get("event_id").asText(),
                record.get("lane").asInt(),
                record.get("sequence").asLong(),
                file);
    }
}
