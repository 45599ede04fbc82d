/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.apache.flink.metrics.HistogramStatistics;

/** One window of a {@link RecentHistogram}; it does not change any more. */
final class RecentStatistics extends HistogramStatistics {

    private final Histogram window;

    RecentStatistics(Histogram window) {
        this.window = window;
    }

    @Override
    public double getQuantile(double quantile) {
        return window.getValueAtPercentile(quantile * 100);
    }

    @Override
    public long[] getValues() {
        long[] values = new long[size()];
        int at = 0;
        for (HistogramIterationValue bucket : window.recordedValues()) {
            for (long i = 0; i < bucket.getCountAtValueIteratedTo() && at < values.length; i++) {
                values[at++] = bucket.getValueIteratedTo();
            }
        }
        return values;
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, window.getTotalCount());
    }

    @Override
    public double getMean() {
        return window.getMean();
    }

    @Override
    public double getStdDev() {
        return window.getStdDeviation();
    }

    @Override
    public long getMax() {
        return window.getMaxValue();
    }

    @Override
    public long getMin() {
        return window.getTotalCount() == 0 ? 0 : window.getMinValue();
    }
}
