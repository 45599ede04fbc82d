/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges the windows' counts against the events: for each stream and type, what was counted and
 * what came too late are together what came out; and no window is counted twice.
 *
 * <p>Assumes: the job was drained, so that every window is closed and written.
 */
public final class CountsOracle {

    private final List<JsonNode> events;
    private final List<JsonNode> counts;
    private final List<JsonNode> late;

    private CountsOracle(List<JsonNode> events, List<JsonNode> counts, List<JsonNode> late) {
        this.events = events;
        this.counts = counts;
        this.late = late;
    }

    /** What is wrong; empty when every event counts once. */
    public static List<String> problems(
            List<JsonNode> events, List<JsonNode> counts, List<JsonNode> late) {
        CountsOracle oracle = new CountsOracle(events, counts, late);
        List<String> problems = new ArrayList<>(oracle.windowsCountedTwice());
        problems.addAll(oracle.wrongSums());
        return problems;
    }

    private List<String> windowsCountedTwice() {
        Map<String, Long> lines =
                counts.stream()
                        .collect(
                                Collectors.groupingBy(
                                        count -> kind(count) + " " + text(count, "window_start"),
                                        TreeMap::new,
                                        Collectors.counting()));
        return lines.entrySet().stream()
                .filter(e -> e.getValue() > 1)
                .map(e -> "window %s: %d lines (expected: 1)".formatted(e.getKey(), e.getValue()))
                .toList();
    }

    private List<String> wrongSums() {
        Map<String, Long> difference = new TreeMap<>();
        events.forEach(event -> difference.merge(kind(event), 1L, Long::sum));
        late.forEach(event -> difference.merge(kind(event), -1L, Long::sum));
        counts.forEach(
                count -> difference.merge(kind(count), -count.get("count").asLong(), Long::sum));
        return difference.entrySet().stream()
                .filter(e -> e.getValue() != 0)
                .map(e -> "%s: %+d not counted (expected: 0)".formatted(e.getKey(), e.getValue()))
                .toList();
    }

    private static String kind(JsonNode record) {
        return text(record, "stream") + " " + text(record, "type");
    }

    private static String text(JsonNode record, String field) {
        return record.required(field).asText();
    }
}
