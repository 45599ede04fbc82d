/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the windows' counts against the events: for each stream and type, what was counted and
 * what came too late are together what came out; and no window is counted twice.
 *
 * <p>Lines are given one by one and not kept. Assumes: every window is closed and written, that is
 * the job was drained, or what is missing has been waited for. One thread.
 */
public final class CountsOracle {

    /** By stream and type: events that are in no count, less those that are in too many. */
    private final Map<String, Long> notCounted = new TreeMap<>();

    private final Map<String, Integer> linesOfWindow = new TreeMap<>();

    /** What is wrong; empty when every event counts once. */
    public static List<String> problems(
            List<JsonNode> events, List<JsonNode> counts, List<JsonNode> late) {
        CountsOracle oracle = new CountsOracle();
        events.forEach(oracle::event);
        counts.forEach(oracle::count);
        late.forEach(oracle::late);
        return oracle.problems();
    }

    /** Takes a line of the events. */
    public void event(JsonNode event) {
        notCounted.merge(kind(event), 1L, Long::sum);
    }

    /** Takes a line of the late events. */
    public void late(JsonNode event) {
        notCounted.merge(kind(event), -1L, Long::sum);
    }

    /** Takes a line of the counts. */
    public void count(JsonNode count) {
        notCounted.merge(kind(count), -count.required("count").asLong(), Long::sum);
        linesOfWindow.merge(kind(count) + " " + text(count, "window_start"), 1, Integer::sum);
    }

    /** What is wrong so far; empty when every event counts once. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        linesOfWindow.forEach(
                (window, lines) -> {
                    if (lines > 1) {
                        problems.add("window %s: %d lines (expected: 1)".formatted(window, lines));
                    }
                });
        notCounted.forEach(
                (kind, events) -> {
                    if (events != 0) {
                        problems.add("%s: %+d not counted (expected: 0)".formatted(kind, events));
                    }
                });
        return problems;
    }

    private static String kind(JsonNode record) {
        return text(record, "stream") + " " + text(record, "type");
    }

    private static String text(JsonNode record, String field) {
        return record.required(field).asText();
    }
}
