/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import com.fasterxml.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads one entry of {@code vendors.yaml}, whose words it explains at its top. */
final class HabitsReader {

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "mark",
                    "marks",
                    "not-stated",
                    "deadline",
                    "success",
                    "retried",
                    "not-retried",
                    "delays",
                    "first",
                    "factor",
                    "longest",
                    "within",
                    "times",
                    "jitter",
                    "at-least",
                    "retry-after");

    private static final Set<String> EVERYTHING = Retried.EVERYTHING.kinds();

    private final JsonNode entry;

    private HabitsReader(JsonNode entry) {
        this.entry = entry;
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Habits read(JsonNode entry) {
        return new HabitsReader(entry).habits();
    }

    private Habits habits() {
        Set<String> unknown = new TreeSet<>();
        entry.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(KEYS);
        if (!unknown.isEmpty() || !entry.hasNonNull("name")) {
            throw new IllegalArgumentException(
                    "vendor: " + entry + " (expected: name, and no keys " + unknown + ")");
        }
        return new Habits(
                entry.get("name").asText(),
                source(),
                entry.has("deadline") ? seconds(entry.get("deadline")) : DEADLINE,
                statuses("success"),
                new Retried(
                        entry.has("retried") ? Set.copyOf(texts("retried")) : EVERYTHING,
                        statuses("not-retried")),
                schedule(),
                atLeast(),
                RetryAfter.valueOf(
                        entry.path("retry-after")
                                .asText("ignored")
                                .toUpperCase(Locale.ROOT)
                                .replace('-', '_')));
    }

    private Source source() {
        Map<String, Source.Mark> marks = new HashMap<>();
        entry.path("marks")
                .properties()
                .forEach(
                        mark ->
                                marks.put(
                                        mark.getKey(),
                                        Source.Mark.valueOf(mark.getValue().asText())));
        return new Source(
                Source.Mark.valueOf(entry.path("mark").asText("NOT_STATED")),
                marks,
                Set.copyOf(texts("not-stated")));
    }

    private Schedule schedule() {
        boolean grows = entry.has("first");
        if (grows == entry.has("delays") || grows != entry.has("longest")) {
            throw new IllegalArgumentException(
                    entry.get("name").asText()
                            + ": delays, first, longest (expected: delays, or first and longest)");
        }
        List<Duration> delays = new ArrayList<>();
        entry.path("delays").forEach(delay -> delays.add(seconds(delay)));
        return new Schedule(
                delays,
                grows ? seconds(entry.get("first")) : null,
                entry.path("factor").asDouble(1),
                grows ? seconds(entry.path("longest")) : null,
                entry.has("within") ? seconds(entry.get("within")) : null,
                entry.path("times")
                        .asInt(grows || entry.has("within") ? Integer.MAX_VALUE : delays.size()),
                entry.path("jitter").asDouble(0));
    }

    private Map<Integer, Duration> atLeast() {
        Map<Integer, Duration> delays = new HashMap<>();
        entry.path("at-least")
                .properties()
                .forEach(
                        delay ->
                                delays.put(
                                        Integer.valueOf(delay.getKey()),
                                        seconds(delay.getValue())));
        return delays;
    }

    private Set<Integer> statuses(String key) {
        Set<Integer> statuses = new HashSet<>();
        entry.path(key).forEach(status -> statuses.add(status.asInt()));
        return statuses;
    }

    private List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        entry.path(key).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Duration seconds(JsonNode number) {
        if (!number.isNumber() || number.asDouble() < 0) {
            throw new IllegalArgumentException("seconds: " + number + " (expected: 0 or more)");
        }
        return Duration.ofMillis(Math.round(number.asDouble() * 1000));
    }
}
