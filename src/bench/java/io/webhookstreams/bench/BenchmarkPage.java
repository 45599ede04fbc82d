/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The page that is written: tables of ratios, medians and spreads. */
final class BenchmarkPage {

    private final StringBuilder text =
            new StringBuilder(
                    """
                    # Benchmarks

                    Written by `mvn -Pbench -DskipTests verify` (`src/bench/`; needs `h2load`, `taskset` and two cores). The server is
                    pinned to one core, the load (`h2load`, HTTP/2 in clear) to the other; 1 KB JSON bodies, verified with GitHub's
                    signature. The machine is shared: only ratios within one run mean something, and figures are medians with their spread
                    (least–most).
                    """);

    void throughput(
            int intervalMillis, int rounds, Map<Integer, List<Double>> ratios, long refused) {
        text.append(
                """

                ## Throughput beside the ceiling

                Acknowledged requests a second of the source (every request verified, appended, held, answered by the checkpoint that
                contains it; checkpoints every %d ms to disk, RocksDB, records discarded), as a ratio to the same Jetty that reads the body and
                answers 200 at once, with nothing behind it. %d rounds; other answers than 2xx in all of them: %d.

                | requests in flight | ratio to the ceiling |
                |---|---|
                """
                        .formatted(intervalMillis, rounds, refused));
        ratios.forEach(
                (inFlight, values) ->
                        row(String.valueOf(inFlight), new Samples(values).toString()));
    }

    void latency(int rate, Map<Integer, List<Percentiles>> byInterval) {
        text.append(
                """

                ## Time to answer

                Open loop at %d requests a second, as a ratio to the checkpoint interval:

                | interval | p50 / interval | p99 / interval |
                |---|---|---|
                """
                        .formatted(rate));
        byInterval.forEach(
                (interval, turns) ->
                        row(
                                interval + " ms",
                                ratios(turns, Percentiles::p50, interval),
                                ratios(turns, Percentiles::p99, interval)));
    }

    private static String ratios(
            List<Percentiles> turns, ToDoubleFunction<Percentiles> which, int interval) {
        return new Samples(
                        turns.stream().map(turn -> which.applyAsDouble(turn) / interval).toList())
                .toString();
    }

    void held(int count, Samples bytesPerRequest, long answered) {
        text.append(
                """

                ## Held requests

                %d requests held at once over HTTP/2, no checkpoint for 20 s: live heap with them less live heap without, divided by their
                number: **%.1f KiB** a request (%.1f–%.1f). Answered 2xx by the next checkpoint: %d.
                """
                        .formatted(
                                count,
                                bytesPerRequest.median() / 1024,
                                bytesPerRequest.sorted().get(0) / 1024,
                                bytesPerRequest.sorted().get(bytesPerRequest.sorted().size() - 1)
                                        / 1024,
                                answered));
    }

    String text() {
        return text.toString();
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
