/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** How long senders went without any 2xx. */
final class Outages {

    private final Journal journal;

    /** Each answer that was a 2xx, and the first attempt and the last answer of all. */
    private final long[] points;

    Outages(Journal journal) {
        this.journal = journal;
        LongStream.Builder all = LongStream.builder();
        long first = Long.MAX_VALUE;
        long last = 0;
        for (Attempt attempt : journal.attempts()) {
            first = Math.min(first, attempt.at().toEpochMilli());
            last = Math.max(last, end(attempt));
            if (attempt.answer().isAccepted()) {
                all.add(end(attempt));
            }
        }
        if (last > 0) {
            all.add(first).add(last);
        }
        this.points = all.build().sorted().toArray();
    }

    private static long end(Attempt attempt) {
        return attempt.at().plus(attempt.took()).toEpochMilli();
    }

    /** Those that were at least so long, in the order of time. */
    List<Outage> atLeast(Duration length) {
        Map<Integer, Map<String, Long>> answers = new HashMap<>();
        for (Attempt attempt : journal.attempts()) {
            int gap = indexOf(end(attempt)) - 1;
            if (!attempt.answer().isAccepted() && gap >= 0 && gap(gap) >= length.toMillis()) {
                answers.computeIfAbsent(gap, fresh -> new TreeMap<>())
                        .merge(attempt.answer().title(), 1L, Long::sum);
            }
        }
        return answers.keySet().stream()
                .sorted()
                .map(
                        i ->
                                new Outage(
                                        Instant.ofEpochMilli(points[i]),
                                        Duration.ofMillis(gap(i)),
                                        answers.get(i)))
                .toList();
    }

    /** The longest time between two of them, whether somebody was refused meanwhile or not. */
    Duration longest() {
        return Duration.ofMillis(
                IntStream.range(0, Math.max(0, points.length - 1))
                        .mapToLong(this::gap)
                        .max()
                        .orElse(0));
    }

    private long gap(int i) {
        return points[i + 1] - points[i];
    }

    /**
     * For each kind of fault, for each fault of it the longest time without a 2xx from when it
     * struck to the first 2xx after the next fault struck; shortest first.
     */
    Map<String, List<Duration>> byKind(List<Fault> faults) {
        Map<String, List<Duration>> all = new TreeMap<>();
        for (int i = 0; i < faults.size(); i++) {
            Instant next = i + 1 < faults.size() ? faults.get(i + 1).at() : Instant.MAX;
            all.computeIfAbsent(faults.get(i).kind(), kind -> new ArrayList<>())
                    .add(longest(faults.get(i).at(), next));
        }
        all.values().forEach(outages -> outages.sort(null));
        return all;
    }

    private Duration longest(Instant from, Instant to) {
        long end = to.equals(Instant.MAX) ? Long.MAX_VALUE : to.toEpochMilli();
        long last = from.toEpochMilli();
        long longest = 0;
        for (int i = indexOf(last); i < points.length && last < end; i++) {
            longest = Math.max(longest, points[i] - last);
            last = points[i];
        }
        return Duration.ofMillis(longest);
    }

    /** The first point that is not earlier. */
    private int indexOf(long time) {
        int found = Arrays.binarySearch(points, time);
        if (found < 0) {
            return -found - 1;
        }
        while (found > 0 && points[found - 1] == time) {
            found--;
        }
        return found;
    }
}
