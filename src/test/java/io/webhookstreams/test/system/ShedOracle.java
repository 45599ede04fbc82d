/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.jobs.prove.vendor.Journal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges a run of a stream that sheds and keeps a ledger, within one window of its loss budget:
 *
 * <ol>
 *   <li>every event that was answered 2xx is in the events' files or in the ledger,
 *   <li>none is in both, none is in one of them twice, and each was sent,
 *   <li>of what had come to a lane up to any line of the ledger, that line's event included, no
 *       more was shed than the budget allows: a delivery's sequence counts what came before it.
 * </ol>
 *
 * Assumes: the job was drained, its files are final, and nothing else was posted to its lanes.
 */
final class ShedOracle {

    private ShedOracle() {}

    /** One line for each breach. */
    static List<String> problems(
            Journal journal, List<JsonNode> events, List<JsonNode> ledger, double budget) {
        List<String> problems = new ArrayList<>();
        Set<String> kept = once("events", events, problems);
        Set<String> shed = once("ledger", ledger, problems);
        for (String id : new TreeSet<>(kept)) {
            if (shed.contains(id)) {
                problems.add(id + ": kept, and in the ledger");
            }
        }
        journal.forEachAccepted(
                id -> {
                    if (!kept.contains(id) && !shed.contains(id)) {
                        problems.add(id + ": answered 2xx, and neither kept nor in the ledger");
                    }
                });
        overspent(ledger, budget, problems);
        Set<String> all = new HashSet<>(kept);
        all.addAll(shed);
        all.removeAll(journal.sent());
        all.forEach(id -> problems.add(id + ": never sent"));
        return problems;
    }

    private static Set<String> once(String file, List<JsonNode> lines, List<String> problems) {
        Set<String> ids = new HashSet<>();
        for (JsonNode line : lines) {
            String id = line.required("event_id").asText();
            if (!ids.add(id)) {
                problems.add("%s: twice in %s".formatted(id, file));
            }
        }
        return ids;
    }

    private static void overspent(List<JsonNode> ledger, double budget, List<String> problems) {
        Map<Integer, TreeSet<Long>> lanes = new TreeMap<>();
        for (JsonNode line : ledger) {
            lanes.computeIfAbsent(line.required("lane").asInt(), lane -> new TreeSet<>())
                    .add(line.required("sequence").asLong());
        }
        lanes.forEach(
                (lane, sequences) -> {
                    long shed = 0;
                    for (long sequence : sequences) {
                        shed++;
                        if (shed > budget * (sequence + 1)) {
                            problems.add(
                                    "lane %d: %d shed of %d (expected: at most %s of them)"
                                            .formatted(lane, shed, sequence + 1, budget));
                        }
                    }
                });
    }
}
