/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;

import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.InetSocketAddress;

import javax.annotation.Nullable;

/**
 * Flink's Prometheus reporter on one address: Flink's own endpoint listens on all of them, and
 * nothing here does that unasked. Names and labels are Flink's. Flink opens it once and closes it.
 */
public final class PrometheusEndpoint extends AbstractPrometheusReporter {

    static final String ADDRESS = "address";
    static final String PORT = "port";

    @Nullable private HTTPServer server;

    /** Starts to answer; throws {@link UncheckedIOException} if the port is not free. */
    @Override
    public void open(MetricConfig config) {
        super.open(config);
        InetSocketAddress address =
                new InetSocketAddress(
                        config.getString(ADDRESS, "127.0.0.1"), config.getInteger(PORT, 0));
        try {
            server = new HTTPServer(address, registry(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "metrics: %s (expected: a free address and port)".formatted(address), e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
        super.close();
    }

    /** The metrics that the superclass keeps; it shows them to its own package only. */
    private CollectorRegistry registry() {
        try {
            Field registry = AbstractPrometheusReporter.class.getDeclaredField("registry");
            registry.setAccessible(true);
            return (CollectorRegistry) registry.get(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("registry: not where Flink 2.3 keeps it", e);
        }
    }
}
