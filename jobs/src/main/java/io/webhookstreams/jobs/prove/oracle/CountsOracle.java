/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Judges the windows' counts against the events: for each stream, type and window, what was counted
 * there and what came too late for it are together the events whose time is in it; and no window is
 * counted twice. Windows are all of one size, which their lines tell, and begin at its multiples
 * since 1970.
 *
 * <p>Lines are given one by one and not kept, but for the times of events while no window is known.
 * Assumes: every window is closed and written, that is the job was drained, or what is missing has
 * been waited for. One thread.
 */
public final class CountsOracle {

    private final Map<String, Kind> kinds = new TreeMap<>();
    private final TreeSet<Long> sizesMillis = new TreeSet<>();
    private final Map<String, Integer> linesOfWindow = new TreeMap<>();

    /** The events of one stream and type. */
    private static final class Kind {

        /** Milliseconds since 1970, of events whose windows are not known yet. */
        private LongStream.Builder unplaced = LongStream.builder();

        private long unplacedEvents;

        /** By a window's start: its events that are in no count, less those that are too many. */
        private final TreeMap<Long, Long> notCounted = new TreeMap<>();

        void add(long timeMillis) {
            unplaced.add(timeMillis);
            unplacedEvents++;
        }

        void account(long startMillis, long events) {
            notCounted.merge(startMillis, -events, Long::sum);
        }

        void place(long sizeMillis) {
            unplaced.build()
                    .map(time -> Math.floorDiv(time, sizeMillis) * sizeMillis)
                    .forEach(start -> notCounted.merge(start, 1L, Long::sum));
            unplaced = LongStream.builder();
            unplacedEvents = 0;
        }
    }

    /** What is wrong; empty when every event counts once, in its window. */
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
        kind(event).add(millis(event, "time"));
    }

    /** Takes a line of the late events. */
    public void late(JsonNode event) {
        account(event, 1);
    }

    /** Takes a line of the counts. */
    public void count(JsonNode count) {
        account(count, count.required("count").asLong());
        linesOfWindow.merge(name(count) + " " + text(count, "window_start"), 1, Integer::sum);
    }

    private void account(JsonNode inWindow, long events) {
        long start = millis(inWindow, "window_start");
        sizesMillis.add(millis(inWindow, "window_end") - start);
        kind(inWindow).account(start, events);
    }

    /** What is wrong so far; empty when every event counts once, in its window. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        linesOfWindow.forEach(
                (window, lines) -> {
                    if (lines > 1) {
                        problems.add("window %s: %d lines (expected: 1)".formatted(window, lines));
                    }
                });
        if (sizesMillis.size() > 1) {
            problems.add("windows: of %s ms (expected: one size)".formatted(sizesMillis));
            return problems;
        }
        sizesMillis.forEach(size -> kinds.values().forEach(kind -> kind.place(size)));
        kinds.forEach((name, kind) -> notCounted(name, kind, problems));
        return problems;
    }

    private static void notCounted(String name, Kind kind, List<String> problems) {
        notCounted(name, kind.unplacedEvents, problems);
        kind.notCounted.forEach(
                (start, events) ->
                        notCounted(name + " " + Instant.ofEpochMilli(start), events, problems));
    }

    private static void notCounted(String what, long events, List<String> problems) {
        if (events != 0) {
            problems.add("%s: %+d not counted (expected: 0)".formatted(what, events));
        }
    }

    private Kind kind(JsonNode record) {
        return kinds.computeIfAbsent(name(record), fresh -> new Kind());
    }

    private static String name(JsonNode record) {
        return text(record, "stream") + " " + text(record, "type");
    }

    private static long millis(JsonNode record, String field) {
        return Instant.parse(text(record, field)).toEpochMilli();
    }

    private static String text(JsonNode record, String field) {
        return record.required(field).asText();
    }
}
