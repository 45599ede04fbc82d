/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The goals that closed and open loops decide. */
final class Goals {

    private static final String ROCKSDB = "ours, 100 ms, RocksDB";
    private static final String HEAP = "ours, 100 ms, heap";
    private static final Samples NONE = new Samples(List.of());

    static void ofThroughput(Map<String, CaseFigures> figures, List<Goal> goals) {
        goals.add(
                Goal.atLeast("100 ms, RocksDB ≥ 0.6 × the ceiling", 0.6, ratios(figures, ROCKSDB)));
        goals.add(
                Goal.atLeast(
                        "100 ms, heap backend ≥ 0.6 × the ceiling", 0.6, ratios(figures, HEAP)));
        over(
                figures,
                goals,
                "100 ms, RocksDB, HTTP/2",
                ROCKSDB,
                10,
                "Flume, file channel, HTTP/1.1");
        over(
                figures,
                goals,
                "100 ms, RocksDB, HTTP/1.1",
                ROCKSDB + ", HTTP/1.1",
                10,
                "Flume, file channel, HTTP/1.1");
        over(figures, goals, "100 ms, RocksDB", ROCKSDB, 2, "HTTP → Kafka → Flink");
        over(figures, goals, "100 ms, RocksDB", ROCKSDB, 0.9, HEAP);
        over(figures, goals, "10 ms, RocksDB", "ours, 10 ms, RocksDB", 0.7, "ours, 10 ms, heap");
        for (String name : List.of("ours, 10 ms, RocksDB", ROCKSDB, "ours, 1 s, RocksDB")) {
            CaseFigures each = figures.get(name);
            if (each != null) {
                latency(each, goals);
            }
        }
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
