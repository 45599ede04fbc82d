/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Times from request to answer, in milliseconds. */
record Percentiles(double p50, double p99) {

    /** Reads h2load's log: start, status and duration in microseconds, one answer a line. */
    static Percentiles ofLog(Path log) throws IOException {
        Histogram histogram = new Histogram(3);
        try (Stream<String> lines = Files.lines(log)) {
            lines.map(line -> line.split("\t", -1))
                    .filter(fields -> fields[1].startsWith("2"))
                    .forEach(fields -> histogram.recordValue(Long.parseLong(fields[2])));
        }
        return new Percentiles(
                histogram.getValueAtPercentile(50) / 1000.0,
                histogram.getValueAtPercentile(99) / 1000.0);
    }
}
