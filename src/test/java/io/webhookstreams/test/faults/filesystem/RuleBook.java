/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules in force, read again when they are older than some milliseconds. Any thread. */
final class RuleBook {

    private static final long FRESH = Duration.ofMillis(5).toNanos();

    private final Path directory;
    private final String process;
    private List<Rule> rules = List.of();
    private long readAt = System.nanoTime() - FRESH;

    RuleBook(Path directory, String process) {
        this.directory = directory;
        this.process = process;
    }

    Optional<Rule> matching(Operation operation, String path) throws IOException {
        return rules().stream().filter(rule -> rule.matches(process, operation, path)).findFirst();
    }

    /** The rule as it is now; empty when its file is gone. */
    Optional<Rule> now(Rule rule) throws IOException {
        try {
            return Optional.of(Rule.read(rule.file(directory)));
        } catch (NoSuchFileException lifted) {
            return Optional.empty();
        }
    }

    private synchronized List<Rule> rules() throws IOException {
        if (System.nanoTime() - readAt >= FRESH) {
            rules = read();
            readAt = System.nanoTime();
        }
        return rules;
    }

    private List<Rule> read() throws IOException {
        List<Rule> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + Rule.ENDING)) {
            for (Path file : files) {
                readOne(file).ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Rule> readOne(Path file) throws IOException {
        try {
            return Optional.of(Rule.read(file));
        } catch (NoSuchFileException lifted) {
            return Optional.empty();
        }
    }
}
