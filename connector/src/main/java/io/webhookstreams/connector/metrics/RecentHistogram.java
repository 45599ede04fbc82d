/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import org.HdrHistogram.Recorder;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A histogram of fixed memory that any thread may feed without waiting. What it reports covers the
 * time between two rotations, at least {@link #WINDOW_NANOS} apart, so that several reporters see
 * the same numbers and an old outlier does not stay for ever.
 */
public final class RecentHistogram implements Histogram {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SIGNIFICANT_DIGITS = 2;

    private final Recorder recorder = new Recorder(SIGNIFICANT_DIGITS);
    private final LongAdder count = new LongAdder();
    private final LongSupplier nanoClock;
    private HistogramStatistics statistics;
    private long rotatedAt;

    public RecentHistogram(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.statistics = new RecentStatistics(recorder.getIntervalHistogram());
        this.rotatedAt = nanoClock.getAsLong() - WINDOW_NANOS;
    }

    @Override
    public void update(long value) {
        recorder.recordValue(Math.max(0, value));
        count.increment();
    }

    @Override
    public long getCount() {
        return count.sum();
    }

    @Override
    public synchronized HistogramStatistics getStatistics() {
        long now = nanoClock.getAsLong();
        if (now - rotatedAt >= WINDOW_NANOS) {
            rotatedAt = now;
            statistics = new RecentStatistics(recorder.getIntervalHistogram());
        }
        return statistics;
    }
}
