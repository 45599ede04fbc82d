/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The goals that closed and open loops decide. */
final class Goals {

    private static final String ROCKSDB = "ours, 100 ms, RocksDB";
    private static final String HEAP = "ours, 100 ms, heap";
    private static final String ROCKSDB_10 = "ours, 10 ms, RocksDB";
    private static final String HEAP_10 = "ours, 10 ms, heap";
    private static final String ROCKSDB_1000 = "ours, 1 s, RocksDB";
    private static final String ROCKSDB_HTTP_1 = ROCKSDB + ", HTTP/1.1";
    private static final String FLUME = "Flume, file channel, HTTP/1.1";
    private static final String KAFKA = "HTTP → Kafka → Flink";
    private static final Set<String> CASES =
            Set.of(
                    "ceiling",
                    "ceiling, HTTP/1.1",
                    ROCKSDB,
                    HEAP,
                    ROCKSDB_10,
                    HEAP_10,
                    ROCKSDB_1000,
                    ROCKSDB_HTTP_1,
                    FLUME,
                    KAFKA);
    private static final List<String> TIMED = List.of(ROCKSDB_10, ROCKSDB, ROCKSDB_1000);
    private static final Samples NONE = new Samples(List.of());

    /** Whether a goal rests on what is measured of that case. */
    static boolean restOn(String name) {
        return CASES.contains(name);
    }

    /** Whether a goal rests on its time to answer. */
    static boolean restOnTimeOf(String name) {
        return TIMED.contains(name);
    }

    static void ofThroughput(Map<String, CaseFigures> figures, List<Goal> goals) {
        goals.add(
                Goal.atLeast("100 ms, RocksDB ≥ 0.6 × the ceiling", 0.6, ratios(figures, ROCKSDB)));
        goals.add(
                Goal.atLeast(
                        "100 ms, heap backend ≥ 0.6 × the ceiling", 0.6, ratios(figures, HEAP)));
        over(figures, goals, "100 ms, RocksDB, HTTP/2", ROCKSDB, 10, FLUME);
        over(figures, goals, "100 ms, RocksDB, HTTP/1.1", ROCKSDB_HTTP_1, 10, FLUME);
        over(figures, goals, "100 ms, RocksDB", ROCKSDB, 2, KAFKA);
        over(figures, goals, "100 ms, RocksDB", ROCKSDB, 0.9, HEAP);
        over(figures, goals, "10 ms, RocksDB", ROCKSDB_10, 0.7, HEAP_10);
        for (String name : TIMED) {
            CaseFigures each = figures.get(name);
            if (each != null) {
                latency(each, goals);
            }
        }
    }

    /**
     * Of the rounds of holding requests. Neither met nor missed unless all of each round were
     * answered and seen in the heap.
     */
    static Goal ofHeldHeap(List<HeldRequests.Figures> rounds) {
        boolean weighed = rounds.stream().allMatch(HeldRequests.Figures::isWeighed);
        return Goal.atMost(
                "heap per held request of 1 KB (KiB) ≤ 5: its body and 4 KB",
                5,
                weighed
                        ? new Samples(
                                rounds.stream().map(each -> each.bytesPerRequest() / 1024).toList())
                        : NONE);
    }

    /** That so many are held at once, and all answered. */
    static Goal ofHeldAtOnce(String how, int count, HeldRequests.Figures held) {
        return Goal.atLeast(
                String.format(
                        Locale.ROOT,
                        "held at once on a heap of 1 GB, all answered: %,d %s",
                        count,
                        how),
                count,
                new Samples(List.of((double) held.answered())));
    }

    private static Samples ratios(Map<String, CaseFigures> figures, String name) {
        return figures.containsKey(name) ? figures.get(name).ratios() : NONE;
    }

    private static void over(
            Map<String, CaseFigures> figures,
            List<Goal> goals,
            String text,
            String name,
            double bound,
            String other) {
        CaseFigures ours = figures.get(name);
        CaseFigures theirs = figures.get(other);
        goals.add(
                Goal.atLeast(
                        text + " ≥ " + bound + " × " + other,
                        bound,
                        ours == null || theirs == null ? NONE : ours.over(theirs)));
    }

    private static void latency(CaseFigures each, List<Goal> goals) {
        int interval = each.measured().intervalMillis();
        goals.add(
                Goal.atMost(
                        each.measured().name()
                                + ", half of the peak rate: p50 ÷ (0.5 × interval + 1.5 × checkpoint duration) ≤ 1",
                        1,
                        relative(
                                each,
                                loop ->
                                        loop.latencies().p50()
                                                / (0.5 * interval
                                                        + 1.5
                                                                * loop.checkpoints()
                                                                        .durationMillis()))));
        goals.add(
                Goal.atMost(
                        each.measured().name()
                                + ", half of the peak rate: p99 ÷ (2 × (interval + checkpoint duration)) ≤ 1",
                        1,
                        relative(
                                each,
                                loop ->
                                        loop.latencies().p99()
                                                / (2
                                                        * (interval
                                                                + loop.checkpoints()
                                                                        .durationMillis())))));
    }

    private static Samples relative(
            CaseFigures each, ToDoubleFunction<CaseFigures.OpenLoop> which) {
        List<Double> values = new ArrayList<>();
        for (CaseFigures.OpenLoop loop : each.openLoops(true)) {
            values.add(which.applyAsDouble(loop));
        }
        return new Samples(values);
    }

    private Goals() {}
}
