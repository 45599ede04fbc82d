/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.HdrHistogram.Histogram;

/** Times to answer, in milliseconds; NaN where nothing was sent. */
record Latencies(double p50, double p90, double p99, double p999) {

    static final Latencies NONE = new Latencies(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Of microseconds. */
    static Latencies of(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return NONE;
        }
        return new Latencies(
                millis(micros, 50), millis(micros, 90), millis(micros, 99), millis(micros, 99.9));
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
