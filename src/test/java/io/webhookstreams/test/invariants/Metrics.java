/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every metric that this JVM's Flink reports now, as a monitoring system would see it. */
public final class Metrics implements MetricReporter {

    private static final Map<Metric, String> NAMES = new ConcurrentHashMap<>();

    /** Found by Flink's service loader. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new Metrics();
        }
    }

    /** Sum of the numbers whose identifier ends so. */
    static long sum(String suffix) {
        return NAMES.entrySet().stream()
                .filter(metric -> metric.getValue().endsWith(suffix))
                .mapToLong(metric -> number(metric.getKey()))
                .sum();
    }

    /** All identifiers and values, for whoever searches them. */
    static List<String> lines() {
        return NAMES.entrySet().stream()
                .map(metric -> metric.getValue() + ": " + text(metric.getKey()))
                .collect(Collectors.toList());
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        NAMES.put(metric, group.getMetricIdentifier(name));
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        NAMES.remove(metric);
    }

    private static long number(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return metric instanceof Gauge<?> gauge && gauge.getValue() instanceof Number number
                ? number.longValue()
                : 0;
    }

    private static String text(Metric metric) {
        return metric instanceof Gauge<?> gauge
                ? String.valueOf(gauge.getValue())
                : "" + number(metric);
    }
}
