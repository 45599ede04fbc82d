/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.Arrays;
import java.util.List;

/**
 * How long and how often.
 *
 * @param parts which parts are run; empty for all
 * @param only keys of the systems that are run; empty for all
 * @param rounds closed loops of what a goal rests on; everything else has one less
 * @param latencyRounds open loops at half of the peak of what a goal rests on; all else has one
 * @param budgetSeconds of the part with the loops, after which the last round does not begin
 */
record Plan(
        List<String> parts,
        int rounds,
        int latencyRounds,
        int warmUpSeconds,
        int searchSeconds,
        int turnSeconds,
        int budgetSeconds,
        boolean quick,
        List<String> only) {

    static Plan fromProperties() {
        boolean quick = Boolean.getBoolean("bench.quick");
        List<String> parts = list("bench.only");
        List<String> only = list("bench.systems");
        return quick
                ? new Plan(parts, 1, 1, 3, 1, 2, 60, true, only)
                : new Plan(parts, 3, 2, 25, 2, 4, 1_470, false, only);
    }

    private static List<String> list(String property) {
        String value = System.getProperty(property, "");
        return value.isBlank() ? List.of() : Arrays.asList(value.split(",", -1));
    }

    int roundsOfAll() {
        return Math.max(1, rounds - 1);
    }

    boolean has(String part) {
        return parts.isEmpty() || parts.contains(part);
    }

    boolean hasSystem(String system) {
        return only.isEmpty() || only.contains(system);
    }
}
