/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * When attempts of the source began, and with how many readers: as the TaskManagers' logs tell it
 * of the first state of each task. An attempt that was given up, and goes on in a process that
 * nobody hears any more, brings nothing into the output, so that of two attempts one at a time
 * counts.
 */
final class SourceAttempts {

    private static final Pattern BEGINS =
            Pattern.compile(
                    "^(\\S+) INFO .* Source: .* \\(\\d+/(\\d+)\\)#\\d+ .* switched from CREATED to"
                            + " DEPLOYING.*");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss,SSS");

    private final NavigableMap<Instant, Integer> readersByStart;

    /**
     * @param readersByStart when a task of an attempt began, and how many readers the attempt has
     */
    SourceAttempts(Map<Instant, Integer> readersByStart) {
        this.readersByStart = new TreeMap<>(readersByStart);
    }

    /** Those of all jobs that ran on the cluster of that directory. */
    static SourceAttempts of(Path cluster) throws IOException {
        Map<Instant, Integer> starts = new TreeMap<>();
        for (Path log : logs(cluster)) {
            try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher begins = BEGINS.matcher(line);
                    if (begins.matches()) {
                        starts.put(instant(begins.group(1)), Integer.valueOf(begins.group(2)));
                    }
                }
            }
        }
        return new SourceAttempts(starts);
    }

    private static List<Path> logs(Path cluster) throws IOException {
        try (Stream<Path> files = Files.list(cluster)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("taskmanager-\\d+\\.log"))
                    .toList();
        }
    }

    /** The processes write the time of this machine. */
    private static Instant instant(String time) {
        return LocalDateTime.parse(time, TIME).atZone(ZoneId.systemDefault()).toInstant();
    }

    /** Whether one began between these instants, or at one of them. */
    boolean beganWithin(Instant from, Instant to) {
        Instant next = readersByStart.ceilingKey(from);
        return next != null && !next.isAfter(to);
    }

    /** How many readers the attempt has that began last before an instant; 0 where none did. */
    int readersAt(Instant instant) {
        Map.Entry<Instant, Integer> last = readersByStart.floorEntry(instant);
        return last == null ? 0 : last.getValue();
    }

    @Override
    public String toString() {
        return readersByStart.toString();
    }
}
