/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page that is written: goals, tables of ratios, medians and spreads. */
final class BenchmarkPage {

    private static final double KIB = 1024;
    private static final double MIB = 1024 * KIB;

    private final Environment environment;
    private final Plan plan;
    private final StringBuilder tables = new StringBuilder();
    private final List<Goal> goals = new ArrayList<>();

    BenchmarkPage(Environment environment, Plan plan) {
        this.environment = environment;
        this.plan = plan;
    }

    void throughput(Map<String, CaseFigures> figures) {
        Goals.ofThroughput(figures, goals);
        acknowledged(figures);
        latency(figures, true);
        latency(figures, false);
        failures(figures);
    }

    private void acknowledged(Map<String, CaseFigures> figures) {
        tables.append(
                """

                ## Throughput

                Closed loop; as a ratio to the ceiling of the same round, with the same protocol and size of body. One request is one event and the
                server has one core, so requests a second are events a second and core. The absolute numbers are this machine's
                and hold for nothing else. Checkpoint duration and state written are of the last checkpoints of each turn. Heap: live
                objects after a full collection, idle, in the end; resident: the processes' memory before that (all of a system's).

                | case | in flight | ratio to the ceiling | requests/s | checkpoint ms | state MB/s | heap MiB | resident MiB | other than 2xx |
                |---|---|---|---|---|---|---|---|---|
                """);
        figures.forEach(
                (name, each) ->
                        row(
                                name,
                                each.inFlight() == 0 ? "–" : "" + each.inFlight(),
                                each.problem().isEmpty() ? each.ratios().toString() : "failed",
                                each.perSecond().isEmpty()
                                        ? "–"
                                        : number(each.perSecond().median(), 0),
                                each.checkpointMillis().format(0),
                                number(each.stateBytesPerSecond().median() / 1e6, 2),
                                number(each.liveHeapBytes() / MIB, 0),
                                number(each.residentBytes() / MIB, 0),
                                "" + each.others()));
    }

    private void latency(Map<String, CaseFigures> figures, boolean half) {
        tables.append(
                half
                        ? """

                        ## Time to answer at half of the peak rate

                        Open loop at half of the median of the table above. A request counts from when it was due, not from when it was sent
                        (coordinated omission). Milliseconds.
                        """
                        : """

                        ## Time to answer at 1000 requests a second

                        As above, at a stated rate.
                        """);
        tables.append(
                """

                | case | asked/s | answered/s | p50 | p90 | p99 | p99.9 | checkpoint ms |
                |---|---|---|---|---|---|---|---|
                """);
        figures.forEach(
                (name, each) -> {
                    List<CaseFigures.OpenLoop> loops = each.openLoops(half);
                    if (!loops.isEmpty()) {
                        row(
                                name,
                                "" + loops.get(0).rate(),
                                number(samples(loops, loop -> loop.answeredPerSecond()), 0),
                                millis(loops, Latencies::p50),
                                millis(loops, Latencies::p90),
                                millis(loops, Latencies::p99),
                                millis(loops, Latencies::p999),
                                samples(loops, loop -> loop.checkpoints().durationMillis())
                                        .format(0));
                    }
                });
    }

    private static String number(Samples samples, int decimals) {
        return number(samples.median(), decimals);
    }

    private static Samples samples(
            List<CaseFigures.OpenLoop> loops, ToDoubleFunction<CaseFigures.OpenLoop> which) {
        return new Samples(loops.stream().map(which::applyAsDouble).toList());
    }

    private static String millis(
            List<CaseFigures.OpenLoop> loops, ToDoubleFunction<Latencies> which) {
        return samples(loops, loop -> which.applyAsDouble(loop.latencies())).format(1);
    }

    void failed(String part, Exception e) {
        tables.append("\n**").append(part).append("** failed: `").append(e).append("`\n");
    }

    private void failures(Map<String, CaseFigures> figures) {
        figures.forEach(
                (name, each) -> {
                    if (!each.problem().isEmpty()) {
                        tables.append("\n**").append(name).append("** failed: `");
                        tables.append(each.problem().lines().findFirst().orElse("?"));
                        tables.append("`\n");
                    }
                });
    }

    void held(List<HeldRequests.Figures> rounds) {
        Samples bytes =
                new Samples(rounds.stream().map(HeldRequests.Figures::bytesPerRequest).toList());
        goals.add(
                Goal.atMost(
                        "heap per held request of 1 KB (KiB) ≤ 5: its body and 4 KB",
                        5,
                        new Samples(bytes.sorted().stream().map(each -> each / KIB).toList())));
        tables.append(
                """

                ## Memory of a held request

                Held over HTTP/2 with 1 KB each, no checkpoint for 20 s: live heap with them less live heap without, divided by their number.

                """);
        rounds.forEach(round -> tables.append("- ").append(round).append('\n'));
    }

    void many(HeldRequests.Figures http1, HeldRequests.Figures http2) {
        tables.append(
                """

                ## Held at once on a 1 GB heap

                - HTTP/1.1, a connection each%s: %s
                - HTTP/2 streams: %s
                """
                        .formatted(
                                http1.count() < 20_000
                                        ? " (as many as the limit of open files allows a process here)"
                                        : "",
                                http1,
                                http2));
    }

    void recovery(List<Double> seconds) {
        tables.append(
                """

                ## Recovery

                The whole job (`webhooks run`) on one core, killed with SIGKILL and started again at once, sender trying every 10 ms: seconds
                from the kill to the first 2xx, which includes the start of a JVM, of Flink and the first checkpoint: **%s**, %d kills.
                """
                        .formatted(new Samples(seconds), seconds.size()));
    }

    /** The whole page. The notes are written by hand. */
    String text(String notes) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # Benchmarks

                Written by `mvn -Pbench -DskipTests verify` (`src/bench/`; needs `h2load`, `taskset` and two cores). Do not edit: what is
                written by hand comes from `src/bench/notes.md`.

                All systems run on this machine in this run: servers (with everything that belongs to them) pinned to one core,
                the load (`h2load`) to the other. They are started and warmed once, then take turns in each of %d rounds; those whose
                turn it is not are halted. Figures are medians with their spread (least–most). The machine is shared: only ratios within
                one run mean something.

                Ours verifies every request (GitHub's HMAC), takes event id and type from the JSON by pointer, holds it and answers when the
                checkpoint that contains it is complete; records are discarded, unless it says "whole job" (ids from the query,
                deduplication in RocksDB, windows, files). The peers verify and parse nothing. Bodies are JSON of 1 KB, over HTTP/2 in clear, unless
                it says otherwise. Requests in flight: 3 × ceiling × (interval + checkpoint duration), doubled while that brings 5 %% more
                (at most 15,000 connections and 100,000 streams). Limits of ours that are not the default's: 100,000 streams a
                connection, 1 GB for held requests, 512 MB for unverified ones, 256 MB of queue, 30 s for a body.

                %s.
                """
                        .formatted(plan.rounds(), environment.text()));
        text.append(
                """

                ## Goals

                | goal | measured | |
                |---|---|---|
                """);
        goals.forEach(
                goal ->
                        text.append("| ")
                                .append(goal.text())
                                .append(" | ")
                                .append(goal.measured())
                                .append(" | ")
                                .append(goal.verdict())
                                .append(" |\n"));
        text.append('\n').append(notes.strip()).append('\n').append(tables);
        return text.toString();
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void row(String... cells) {
        tables.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
