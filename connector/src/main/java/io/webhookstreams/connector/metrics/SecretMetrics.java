/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import io.webhookstreams.auth.Rotation;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Verifier;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The metrics of one stream's secrets, by their names. They belong to the listener and outlive the
 * readers, each of which shows them. Any thread.
 */
public final class SecretMetrics {

    private final String stream;
    private final Verifier verifier;
    private final Duration retireAfter;
    private final InstantSource clock;

    /**
     * @param retireAfter how long an old secret has to be unseen
     */
    public SecretMetrics(
            String stream, Verifier verifier, Duration retireAfter, InstantSource clock) {
        this.stream = stream;
        this.verifier = verifier;
        this.retireAfter = retireAfter;
        this.clock = clock;
    }

    /** Shows them in a reader's group; nothing where the stream has no secrets. */
    public void registerIn(MetricGroup reader) {
        List<SecretStatus> secrets = verifier.secrets();
        if (secrets.isEmpty()) {
            return;
        }
        MetricGroup group = reader.addGroup("stream", stream);
        group.gauge(MetricDefinition.SECRET_ROTATION.metric(), (Gauge<Long>) this::rotation);
        for (int i = 0; i < secrets.size(); i++) {
            registerIn(group.addGroup("secret", secrets.get(i).name()), i);
        }
    }

    private void registerIn(MetricGroup group, int index) {
        gauge(group, MetricDefinition.SECRET_USABLE, index, secret -> usable(secret) ? 1 : 0);
        gauge(group, MetricDefinition.SECRET_USES, index, SecretStatus::uses);
        gauge(group, MetricDefinition.SECRET_LAST_USED, index, SecretMetrics::lastUsed);
        gauge(
                group,
                MetricDefinition.SECRET_REFUSED_OUTSIDE_TIME,
                index,
                SecretStatus::refusedOutsideTime);
        gauge(group, MetricDefinition.SECRET_READ_FAILURES, index, SecretStatus::readFailures);
    }

    private void gauge(
            MetricGroup group,
            MetricDefinition metric,
            int index,
            ToLongFunction<SecretStatus> value) {
        group.gauge(
                metric.metric(),
                (Gauge<Long>) () -> value.applyAsLong(verifier.secrets().get(index)));
    }

    private long rotation() {
        return Rotation.of(verifier.secrets(), clock.instant(), retireAfter).number();
    }

    private boolean usable(SecretStatus secret) {
        return secret.readable() && secret.validity().includes(clock.instant());
    }

    private static long lastUsed(SecretStatus secret) {
        return secret.lastUsed() == null ? 0 : secret.lastUsed().toEpochMilli();
    }
}
