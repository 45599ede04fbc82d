/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Times from request to answer, in milliseconds; NaN where nothing was answered. */
record Latencies(double p50, double p90, double p99, double p999) {

    static final Latencies NONE = new Latencies(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Reads h2load's log: start (microseconds since 1970), status and duration in microseconds, one
     * answer a line.
     *
     * @param openLoop whether requests are due at a steady rate: a request that was sent later than
     *     that counts from when it was due (coordinated omission)
     */
    static Latencies ofLog(Path log, boolean openLoop) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return of(
                    lines.map(line -> line.split("\t", -1))
                            .filter(fields -> fields[1].startsWith("2"))
                            .map(
                                    fields ->
                                            new long[] {
                                                Long.parseLong(fields[0]), Long.parseLong(fields[2])
                                            })
                            .toArray(long[][]::new),
                    openLoop);
        }
    }

    /** Each answer is its start and its duration. */
    static Latencies of(long[][] answers, boolean openLoop) {
        if (answers.length == 0) {
            return NONE;
        }
        Arrays.sort(answers, (a, b) -> Long.compare(a[0], b[0]));
        double period =
                (answers[answers.length - 1][0] - answers[0][0])
                        / (double) Math.max(1, answers.length - 1);
        double origin = openLoop ? origin(answers, period) : 0;
        Histogram histogram = new Histogram(3);
        for (int i = 0; i < answers.length; i++) {
            double late = openLoop ? Math.max(0, answers[i][0] - (origin + i * period)) : 0;
            histogram.recordValue(answers[i][1] + Math.round(late));
        }
        return new Latencies(
                millis(histogram, 50),
                millis(histogram, 90),
                millis(histogram, 99),
                millis(histogram, 99.9));
    }

    /** Where the steady rate begins: half of the requests are ahead of it, half behind. */
    private static double origin(long[][] answers, double period) {
        double[] offsets = new double[answers.length];
        for (int i = 0; i < answers.length; i++) {
            offsets[i] = answers[i][0] - i * period;
        }
        Arrays.sort(offsets);
        return offsets[offsets.length / 2];
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
