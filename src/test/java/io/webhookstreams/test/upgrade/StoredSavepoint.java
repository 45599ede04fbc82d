/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.jobs.prove.oracle.Emitted;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One directory of {@code src/test/resources/savepoints}: the savepoint as Flink has written it,
 * and {@code contents.json}, which says what it must contain.
 *
 * @param directory named after the version
 */
record StoredSavepoint(Path directory) {

    /** Events stored-1, stored-2, …: emitted, counted in an open window, their ids remembered. */
    static final int STORED = 40;

    /** Events held-1, held-2, …: answered, and still queued in their lanes. */
    static final int HELD = 20;

    static final int PARALLELISM = 2;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("resources", "savepoints").toAbsolutePath();

    static StoredSavepoint named(String version) {
        return new StoredSavepoint(ROOT.resolve(version));
    }

    static List<StoredSavepoint> all() throws IOException {
        try (Stream<Path> directories = Files.list(ROOT)) {
            return directories.sorted().map(StoredSavepoint::new).toList();
        }
    }

    /** Neither the clock nor the time that has gone by since may decide what comes out. */
    static WebhooksConfig config(Path directory) throws IOException {
        WebhooksConfig config = WebhooksConfig.create(directory);
        Files.writeString(
                config.file(),
                "  dedup.ttl: 3650 d\n  windows.idle-timeout: 1 h\n",
                StandardOpenOption.APPEND);
        return config;
    }

    /** Copies the savepoint to here; the directory must not be there yet. */
    void store(Path savepoint, List<Emitted> emitted) throws IOException {
        copy(savepoint, directory.resolve("savepoint"));
        ObjectNode contents = JSON.createObjectNode();
        contents.put("stored", STORED).put("held", HELD).put("parallelism", PARALLELISM);
        ObjectNode lanes = contents.putObject("last-sequence-emitted-by-lane");
        lastSequences(emitted).forEach((lane, last) -> lanes.put(lane.toString(), last));
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("contents.json").toFile(), contents);
    }

    /** A copy: a job may write beside what it is restored from. */
    Path copyTo(Path target) throws IOException {
        copy(directory.resolve("savepoint"), target);
        return target;
    }

    Map<Integer, Long> lastSequences() throws IOException {
        JsonNode lanes = contents().required("last-sequence-emitted-by-lane");
        Map<Integer, Long> last = new TreeMap<>();
        lanes.properties()
                .forEach(e -> last.put(Integer.valueOf(e.getKey()), e.getValue().asLong()));
        return last;
    }

    int stored() throws IOException {
        return contents().required("stored").asInt();
    }

    int held() throws IOException {
        return contents().required("held").asInt();
    }

    int parallelism() throws IOException {
        return contents().required("parallelism").asInt();
    }

    private JsonNode contents() throws IOException {
        return JSON.readTree(directory.resolve("contents.json").toFile());
    }

    private static Map<Integer, Long> lastSequences(List<Emitted> emitted) {
        Map<Integer, Long> last = new TreeMap<>();
        emitted.forEach(record -> last.merge(record.lane(), record.sequence(), Long::max));
        return last;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
