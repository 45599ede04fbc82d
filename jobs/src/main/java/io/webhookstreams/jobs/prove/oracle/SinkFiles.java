/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.function.Consumer;

/**
 * The files that a file sink has finished: JSON lines in files whose names do not start with a dot
 * or an underscore. Files in progress are not output; no reader of the sink may look at them.
 */
public final class SinkFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final RecordFields fields;
    private final Set<Path> read = new HashSet<>();

    /** Files as the job of this project writes them. */
    public SinkFiles(Path root) {
        this(root, RecordFields.OF_THE_JOB);
    }

    public SinkFiles(Path root, RecordFields fields) {
        this.root = root;
        this.fields = fields;
    }

    /** Every event that is finished by now, in its file's order. */
    public List<Emitted> events() throws IOException {
        List<Emitted> all = new ArrayList<>();
        for (Path file : finished()) {
            readInto(all::add, file);
        }
        return all;
    }

    /** The events of files that were not finished when this was called before. */
    public void readNew(Consumer<Emitted> to) throws IOException {
        for (Path file : finished()) {
            if (read.add(file)) {
                readInto(to, file);
            }
        }
    }

    private void readInto(Consumer<Emitted> to, Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                to.accept(fields.emitted(JSON.readTree(line), file));
            }
        }
    }

    /** Every line of every finished file. */
    public List<JsonNode> lines() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (Path file : finished()) {
            for (String line : Files.readAllLines(file)) {
                all.add(JSON.readTree(line));
            }
        }
        return all;
    }

    private List<Path> finished() throws IOException {
        Finished finished = new Finished();
        Files.walkFileTree(root, finished);
        return finished.files.stream().sorted().toList();
    }

    private static boolean isFinished(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
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
