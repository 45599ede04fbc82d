/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What no fault explains in the logs of the cluster's processes: exhausted memory, classes that do
 * not fit together, and this project calling for help or failing in its own code.
 */
final class ProcessLogs {

    private static final Pattern NEVER =
            Pattern.compile(
                    "OutOfMemoryError|StackOverflowError|NoSuchMethodError|NoSuchFieldError|VerifyError"
                            + "|IllegalAccessError|AbstractMethodError|ConcurrentModificationException");

    /** As {@code flink-log4j.properties} has its processes write: time, level, logger. */
    private static final Pattern OWN_ERROR = Pattern.compile("^\\S+ ERROR +io\\.webhookstreams\\.");

    /** A mistake of this project, if the first line of its stack beside the JDK's is ours. */
    private static final Pattern MISTAKE =
            Pattern.compile(
                    "(NullPointer|ClassCast|IndexOutOfBounds|IllegalArgument|NoSuchElement|Arithmetic)Exception");

    private static final String OURS = "\tat io.webhookstreams.";
    private static final String JDK = "\tat java.base/";
    private static final int SHOWN = 20;

    private ProcessLogs() {}

    static List<String> problems(Path directory) throws IOException {
        List<String> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path log : files.filter(f -> f.toString().endsWith(".log")).sorted().toList()) {
                read(log, problems);
            }
        }
        return problems.stream().limit(SHOWN).toList();
    }

    private static void read(Path log, List<String> problems) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            String before = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean mistake = line.startsWith(OURS) && MISTAKE.matcher(before).find();
                if (mistake || NEVER.matcher(line).find() || OWN_ERROR.matcher(line).find()) {
                    problems.add(log.getFileName() + ": " + (mistake ? before : line));
                }
                before = line.startsWith(JDK) ? before : line;
            }
        }
    }
}
