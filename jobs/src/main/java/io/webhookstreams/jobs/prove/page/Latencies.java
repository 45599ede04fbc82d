/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** How long the attempts with one kind of answer took, shortest first, in nanoseconds. */
final class Latencies {

    private final long[] sorted;

    private Latencies(LongStream nanos) {
        this.sorted = nanos.sorted().toArray();
    }

    /** By {@link io.webhookstreams.jobs.prove.vendor.Answer#title}. */
    static Map<String, Latencies> byAnswer(Journal journal) {
        Map<String, LongStream.Builder> all = new TreeMap<>();
        for (Attempt attempt : journal.attempts()) {
            all.computeIfAbsent(attempt.answer().title(), title -> LongStream.builder())
                    .add(attempt.took().toNanos());
        }
        Map<String, Latencies> latencies = new TreeMap<>();
        all.forEach((title, nanos) -> latencies.put(title, new Latencies(nanos.build())));
        return latencies;
    }

    int count() {
        return sorted.length;
    }

    /** The shortest time that so great a part of them does not exceed; 1 for the longest. */
    Duration quantile(double part) {
        int index = (int) Math.ceil(part * sorted.length) - 1;
        return Duration.ofNanos(sorted[Math.max(0, index)]);
    }
}
