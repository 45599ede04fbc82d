/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import java.util.List;

/**
 * One line of the log: an operation that a rule matched, and how far it is.
 *
 * @param rule its name
 */
public record Event(
        String process, Phase phase, Operation operation, String rule, String thread, String path) {

    /** How far an operation is. */
    public enum Phase {
        /** It has come to the rule and has done nothing. */
        REACHED,

        /** It is done. */
        DONE,

        /** It has thrown. */
        FAILED
    }

    String line() {
        return String.join(
                "\t",
                process,
                phase.name(),
                operation.name(),
                rule,
                thread.replaceAll("\\s", " "),
                path);
    }

    public static Event parse(String line) {
        List<String> parts = List.of(line.split("\t", 6));
        return new Event(
                parts.get(0),
                Phase.valueOf(parts.get(1)),
                Operation.valueOf(parts.get(2)),
                parts.get(3),
                parts.get(4),
                parts.get(5));
    }
}
