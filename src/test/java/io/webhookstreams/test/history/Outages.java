/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How long senders went without any 2xx: the longest time between two of them, from a fault to the
 * first 2xx after the next.
 */
final class Outages {

    private final long[] accepts;

    Outages(Journal journal) {
        this.accepts =
                journal.attempts().stream()
                        .filter(attempt -> attempt.answer().isAccepted())
                        .mapToLong(Outages::answeredAt)
                        .sorted()
                        .toArray();
    }

    private static long answeredAt(Attempt attempt) {
        return attempt.at().plus(attempt.took()).toEpochMilli();
    }

    /** For each kind of fault, one outage per fault of it, shortest first. */
    Map<Fault, List<Duration>> byFault(List<Struck> struck) {
        Map<Fault, List<Duration>> all = new EnumMap<>(Fault.class);
        for (int i = 0; i < struck.size(); i++) {
            Instant end = i + 1 < struck.size() ? struck.get(i + 1).at() : Instant.MAX;
            all.computeIfAbsent(struck.get(i).step().fault(), fault -> new ArrayList<>())
                    .add(longest(struck.get(i).at(), end));
        }
        all.values().forEach(outages -> outages.sort(null));
        return all;
    }

    private Duration longest(Instant from, Instant to) {
        long end = to.equals(Instant.MAX) ? Long.MAX_VALUE : to.toEpochMilli();
        long last = from.toEpochMilli();
        long longest = 0;
        for (int i = indexOf(last); i < accepts.length && last < end; i++) {
            longest = Math.max(longest, accepts[i] - last);
            last = accepts[i];
        }
        return Duration.ofMillis(longest);
    }

    private int indexOf(long time) {
        int found = Arrays.binarySearch(accepts, time);
        return found >= 0 ? found : -found - 1;
    }
}
