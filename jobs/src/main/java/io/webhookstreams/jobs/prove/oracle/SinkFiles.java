/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that a file sink has finished: JSON lines in files whose names do not start with a dot
 * or an underscore. Files in progress are not output; no reader of the sink may look at them. A
 * folder that is not there has none. One thread.
 */
public final class SinkFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final Set<Path> read = new HashSet<>();

    /** Gets the lines of files, each file's in its order. */
    public interface Lines {

        void line(JsonNode line, Path file);

        /** Gets a line that is no JSON; the first of a file is 1. */
        void unreadable(Path file, int number);
    }

    /** Files as the job of this project writes them. */
    public SinkFiles(Path root) {
        this.root = root;
    }

    /** Every event that is finished by now, in its file's order. */
    public List<Emitted> events() throws IOException {
        List<Emitted> all = new ArrayList<>();
        for (Path file : finished()) {
            read(
                    file,
                    (Strict) (line, from) -> all.add(RecordFields.OF_THE_JOB.emitted(line, from)));
        }
        return all;
    }

    /** Every line of every finished file. */
    public List<JsonNode> lines() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : finished()) {
            read(file, (Strict) (line, from) -> all.add(line));
        }
        return all;
    }

    /** What is finished by now is not read by {@link #readNew}. */
    public void skipFinished() throws IOException {
        read.addAll(finished());
    }

    /** The lines of files that were not finished when this was called before. */
    public void readNew(Lines to) throws IOException {
        for (Path file : finished()) {
            if (read.add(file)) {
                read(file, to);
            }
        }
    }

    private static void read(Path file, Lines to) throws IOException {
        // Not strict about UTF-8: what is damaged is told with its line.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                JsonNode json = parsed(line);
                if (json.isObject()) {
                    to.line(json, file);
                } else {
                    to.unreadable(file, number);
                }
            }
        }
    }

    /** No object where the line is none. */
    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** The files that are finished by now, by name; the sink may write more meanwhile. */
    public List<Path> finished() throws IOException {
        Finished finished = new Finished();
        Files.walkFileTree(root, finished);
        return finished.files.stream().sorted().toList();
    }

    private static boolean isFinished(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
    }

    /** Takes no line that is damaged. */
    private interface Strict extends Lines {
        @Override
        default void unreadable(Path file, int number) {
            throw new IllegalStateException(
                    "%s, line %d: no JSON object (expected: one)".formatted(file, number));
        }
    }

    /** The sink renames and deletes files meanwhile; one that goes away was in progress. */
    private static final class Finished extends SimpleFileVisitor<Path> {

        private final List<Path> files = new ArrayList<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isFinished(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
