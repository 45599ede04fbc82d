/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import io.webhookstreams.checkpoint.ByteBudget;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The metrics that all readers of one listener share. Any thread. */
public final class ListenerMetrics {

    private final ByteBudget unverified;
    private final ByteBudget held;
    private final LongSupplier open;
    private final LongAdder cut = new LongAdder();
    private final LongAdder unrouted = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();
    private volatile long tlsStale;

    /**
     * @param open requests that are not answered yet
     */
    public ListenerMetrics(ByteBudget unverified, ByteBudget held, LongSupplier open) {
        this.unverified = unverified;
        this.held = held;
        this.open = open;
    }

    /** Shows them in a reader's group too. */
    public void registerIn(MetricGroup reader) {
        gauge(reader, MetricDefinition.OPEN_REQUESTS, open::getAsLong);
        gauge(reader, MetricDefinition.UNVERIFIED_BYTES, unverified::used);
        gauge(reader, MetricDefinition.HELD_BYTES, held::used);
        gauge(reader, MetricDefinition.CUT_REQUESTS, cut::sum);
        gauge(reader, MetricDefinition.UNROUTED_REQUESTS, unrouted::sum);
        gauge(reader, MetricDefinition.REFUSED_CONNECTIONS, refusedConnections::sum);
        gauge(reader, MetricDefinition.TLS_STALE, () -> tlsStale);
    }

    /** Whether the listener's PEM files have changed to something that cannot be used. */
    public void tlsIsStale(boolean stale) {
        tlsStale = stale ? 1 : 0;
    }

    public boolean isTlsStale() {
        return tlsStale != 0;
    }

    public void cut() {
        cut.increment();
    }

    public void unrouted() {
        unrouted.increment();
    }

    /** An address had too many connections for another one. */
    public void connectionRefused() {
        refusedConnections.increment();
    }

    public long refusedConnectionsSoFar() {
        return refusedConnections.sum();
    }

    public long cutSoFar() {
        return cut.sum();
    }

    public long unroutedSoFar() {
        return unrouted.sum();
    }

    private static void gauge(MetricGroup group, MetricDefinition metric, Gauge<Long> value) {
        group.gauge(metric.metric(), value);
    }
}
