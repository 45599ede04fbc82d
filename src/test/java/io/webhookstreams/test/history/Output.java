/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.jobs.prove.oracle.Emitted;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the job wrote, read once line by line: a long history's events do not fit into memory as
 * JSON.
 *
 * @param emitted each event with its place
 * @param kinds for each event, its stream and type; one shared node per kind
 * @param mixedUp events whose payload is another event's
 */
record Output(List<Emitted> emitted, List<JsonNode> kinds, List<String> mixedUp) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads the finished files below a folder of events. */
    static Output of(Path events) throws IOException {
        Output output = new Output(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, JsonNode> shared = new HashMap<>();
        for (Path file : finished(events)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.add(JSON.readTree(line), file, shared);
                }
            }
        }
        return output;
    }

    private void add(JsonNode record, Path file, Map<String, JsonNode> shared) {
        String id = record.required("event_id").asText();
        emitted.add(
                new Emitted(
                        id,
                        record.required("lane").asInt(),
                        record.required("sequence").asLong(),
                        file));
        String stream = record.required("stream").asText();
        String type = record.required("type").asText();
        kinds.add(shared.computeIfAbsent(stream + " " + type, kind -> kind(stream, type)));
        if (!record.at("/payload/id").asText().equals(id)) {
            mixedUp.add(id);
        }
    }

    private static ObjectNode kind(String stream, String type) {
        return JSON.createObjectNode().put("stream", stream).put("type", type);
    }

    private static List<Path> finished(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Output::isFinished).sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isFinished(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && !name.startsWith(".") && !name.startsWith("_");
    }
}
