/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * One rule.
 *
 * @param name of its file, without the ending
 * @param path is searched for in the file's path
 * @param process matches the whole name of the process
 * @param delay of {@link Action#DELAY}; ignored by the others
 */
public record Rule(
        String name,
        Pattern path,
        Operation operation,
        Pattern process,
        Action action,
        Duration delay) {

    static final String ENDING = ".properties";

    /** A rule for every process, without a delay. */
    public static Rule of(String name, Operation operation, String path, Action action) {
        return new Rule(
                name,
                Pattern.compile(path),
                operation,
                Pattern.compile(".*"),
                action,
                Duration.ZERO);
    }

    public Rule in(String processes) {
        return new Rule(name, path, operation, Pattern.compile(processes), action, delay);
    }

    public Rule on(String paths) {
        return new Rule(name, Pattern.compile(paths), operation, process, action, delay);
    }

    public Rule delayed(Duration time) {
        return new Rule(name, path, operation, process, action, time);
    }

    public Rule become(Action other) {
        return new Rule(name, path, operation, process, other, delay);
    }

    boolean matches(String itsProcess, Operation its, String itsPath) {
        return operation == its
                && process.matcher(itsProcess).matches()
                && path.matcher(itsPath).find();
    }

    /** Reads a file that {@link #write} has written. */
    static Rule read(Path file) throws IOException {
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        String fileName = file.getFileName().toString();
        return new Rule(
                fileName.substring(0, fileName.length() - ENDING.length()),
                Pattern.compile(values.getProperty("path")),
                Operation.valueOf(values.getProperty("operation")),
                Pattern.compile(values.getProperty("process")),
                Action.valueOf(values.getProperty("action")),
                Duration.parse(values.getProperty("delay")));
    }

    /** Writes the rule's file, whole or not at all. */
    public void write(Path directory) throws IOException {
        Properties values = new Properties();
        values.setProperty("path", path.pattern());
        values.setProperty("operation", operation.name());
        values.setProperty("process", process.pattern());
        values.setProperty("action", action.name());
        values.setProperty("delay", delay.toString());
        Path unfinished = directory.resolve(name + ".unfinished");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            values.store(writer, null);
        }
        Files.move(
                unfinished,
                file(directory),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    public Path file(Path directory) {
        return directory.resolve(name + ENDING);
    }
}
