/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page that is written: goals, tables of ratios, medians and spreads. */
final class BenchmarkPage {

    private static final double MIB = 1024 * 1024;

    private final Environment environment;
    private final Neighbours neighbours;
    private final StringBuilder tables = new StringBuilder();
    private final List<Goal> goals = new ArrayList<>();

    BenchmarkPage(Environment environment, Neighbours neighbours) {
        this.environment = environment;
        this.neighbours = neighbours;
    }

    void throughput(Map<String, CaseFigures> figures, Map<String, Throughput.Weight> weights) {
        Goals.ofThroughput(figures, goals);
        acknowledged(figures);
        latency(figures, true);
        latency(figures, false);
        weights(figures, weights);
        failures(figures);
    }

    private void acknowledged(Map<String, CaseFigures> figures) {
        tables.append(
                """

                ## Throughput

                Closed loop; as a ratio to the ceiling of the same round, with the same protocol and size of body. One request is one event and the
                server has one core, so requests a second are events a second and core. The absolute numbers are this machine's
                and hold for nothing else. Checkpoint duration and state written are of the last checkpoints of each turn. *Capped*: the
                interval asks for more in flight than the limits above allow, so that the case could take more.

                | case | in flight | ratio to the ceiling | requests/s | checkpoint ms | state MB/s | other than 2xx |
                |---|---|---|---|---|---|---|
                """);
        figures.forEach(
                (name, each) ->
                        row(
                                name,
                                inFlight(each),
                                each.problem().isEmpty() ? each.ratios().toString() : "failed",
                                number(each.perSecond(), 0),
                                each.checkpointMillis().format(0),
                                number(each.stateBytesPerSecond().median() / 1e6, 2),
                                "" + each.others()));
    }

    private static String inFlight(CaseFigures each) {
        if (each.inFlight() == 0) {
            return "–";
        }
        return each.isCapped() ? each.inFlight() + ", capped" : "" + each.inFlight();
    }

    private void latency(Map<String, CaseFigures> figures, boolean half) {
        tables.append(
                half
                        ? """

                        ## Time to answer at half of the peak rate

                        Open loop at half of the median of the table above. A request counts from when it was due at the rate that was asked for, not
                        from when it was sent (coordinated omission); one without an answer counts until the load's end, and with those that were
                        answered otherwise. Milliseconds; n turns.
                        """
                        : """

                        ## Time to answer at 1000 requests a second

                        As above, at a stated rate.
                        """);
        tables.append(
                """

                | case | n | asked/s | of them 2xx/s | other than 2xx | p50 | p90 | p99 | p99.9 | checkpoint ms |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        figures.forEach(
                (name, each) -> {
                    List<CaseFigures.OpenLoop> loops = each.openLoops(half);
                    if (!loops.isEmpty()) {
                        row(
                                name,
                                "" + loops.size(),
                                number(samples(loops, loop -> loop.rate()), 0),
                                number(samples(loops, loop -> loop.answeredPerSecond()), 0),
                                "" + loops.stream().mapToLong(loop -> loop.others()).sum(),
                                millis(loops, Latencies::p50),
                                millis(loops, Latencies::p90),
                                millis(loops, Latencies::p99),
                                millis(loops, Latencies::p999),
                                samples(loops, loop -> loop.checkpoints().durationMillis())
                                        .format(0));
                    }
                });
    }

    private void weights(Map<String, CaseFigures> figures, Map<String, Throughput.Weight> weights) {
        tables.append(
                """

                ## Memory of the systems

                Of each system's processes, idle after the turns of all its cases: live objects after a full collection, and resident
                memory before it, which is what the heaviest case left behind.

                | system, named by its first case | cases | heap MiB | resident MiB |
                |---|---|---|---|
                """);
        weights.forEach(
                (system, weight) -> {
                    List<String> names =
                            figures.entrySet().stream()
                                    .filter(
                                            each ->
                                                    each.getValue()
                                                            .measured()
                                                            .system()
                                                            .equals(system))
                                    .map(Map.Entry::getKey)
                                    .toList();
                    row(
                            names.get(0),
                            "" + names.size(),
                            number(weight.liveHeapBytes() / MIB, 0),
                            number(weight.residentBytes() / MIB, 0));
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
        goals.add(Goals.ofHeldHeap(rounds));
        tables.append(
                """

                ## Memory of a held request

                Held over HTTP/2 with 1 KB each, no checkpoint for 20 s: live heap with them less live heap without, divided by their number.

                """);
        rounds.forEach(round -> tables.append("- ").append(round).append('\n'));
    }

    /**
     * Requests held at once, and how many each should be: fewer connections where the machine does
     * not permit more.
     */
    void many(
            int connections, HeldRequests.Figures http1, int streams, HeldRequests.Figures http2) {
        goals.add(Goals.ofHeldAtOnce("HTTP/1.1 connections", connections, http1));
        goals.add(Goals.ofHeldAtOnce("HTTP/2 streams", streams, http2));
        tables.append(
                """

                ## Held at once on a 1 GB heap

                - HTTP/1.1, a connection each%s: %s
                - HTTP/2 streams: %s
                """
                        .formatted(
                                http1.count() < connections
                                        ? " (as many as the limit of open files allows a process here, which may not be raised)"
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
                the load (`h2load`) to the other. They are started and warmed once, then take turns in rounds, one more for what a goal
                rests on than for the rest, as far as half an hour allows; those whose turn it is not are halted. Figures are medians with their
                spread (least–most) and the number n of turns. The machine is shared: only ratios within one run mean something.

                Ours verifies every request (GitHub's HMAC), takes event id and type from the JSON by pointer, holds it and answers when the
                checkpoint that contains it is complete; records are discarded, unless it says "whole job" (ids from the query,
                deduplication in RocksDB, windows, files). The peers verify and parse nothing. Bodies are JSON of 1 KB, over HTTP/2 in clear, unless
                it says otherwise. "Own ids": each request has an event id of its own, and retries are recognised, as is the default; elsewhere all
                have one id, and `coalescing.enabled` is `false`. Requests in flight: 3 × ceiling × (interval + checkpoint duration), doubled once or twice
                if that brings 5 %% more each time; where no checkpoint is waited for, the best of 4,000, 8,000, 16,000 and 32,000 over HTTP/2, else 64
                (larger bodies), 100 (Flume, Camel) or 256 (HTTP/1.1), doubled likewise. At most 15,000 connections, 100,000 streams, 256 MB of bodies, and
                10,000 where ids are the requests' own. Limits of ours that are not the default's: 100,000 streams a
                connection, 1 GB for held requests, 512 MB for unverified ones, 256 MB of queue, 30 s for a body.

                %s.

                %s
                """
                        .formatted(environment.text(), neighbours.text()));
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
                                .append(goal.found())
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
