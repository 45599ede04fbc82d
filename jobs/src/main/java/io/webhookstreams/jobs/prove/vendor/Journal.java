/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every attempt of some vendors, in the order of their answers. Safe from any thread. */
public final class Journal {

    private final List<Attempt> attempts = new ArrayList<>();
    private int accepts;

    public synchronized void record(Attempt attempt) {
        attempts.add(attempt);
        accepts += attempt.answer().isAccepted() ? 1 : 0;
    }

    /** How many attempts were answered 2xx so far. */
    public synchronized int accepts() {
        return accepts;
    }

    public synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** The ids of all events that were sent at least once. */
    public synchronized Set<String> sent() {
        return attempts.stream().map(Attempt::eventId).collect(Collectors.toUnmodifiableSet());
    }

    /** The ids of all events that were answered 2xx. */
    public synchronized Set<String> accepted() {
        return attempts.stream()
                .filter(attempt -> attempt.answer().isAccepted())
                .map(Attempt::eventId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How often each kind of answer came: what a chaos run prints. */
    public synchronized Map<String, Long> summary() {
        return attempts.stream()
                .collect(
                        Collectors.groupingBy(
                                attempt -> kind(attempt.answer()),
                                TreeMap::new,
                                Collectors.counting()));
    }

    /** Writes one line per attempt, for whoever has to understand a failure. */
    public synchronized void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Attempt attempt : attempts) {
                out.write(attempt.toString());
                out.newLine();
            }
        }
    }

    private static String kind(Answer answer) {
        if (answer instanceof Answer.Accepted accepted) {
            return accepted.status() + " over " + accepted.over();
        }
        if (answer instanceof Answer.Refused refused) {
            return refused.status() + " " + refused.code().orElse("without code");
        }
        return "silence";
    }
}
