/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import io.webhookstreams.auth.Rotation;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Verifier;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of one stream's secrets in one reader's group, by their names. What they tell belongs
 * to the listener and outlives the reader. Any thread.
 */
public final class SecretMetrics {

    /** Not 0, which says that every sender is refused for want of a secret within its time. */
    private static final int NO_SECRETS = -1;

    private final MetricGroup reader;
    private final String stream;
    private final InstantSource clock;
    private final Set<String> registered = new HashSet<>();
    private volatile Shown shown = Shown.NOTHING;

    public SecretMetrics(MetricGroup reader, String stream, InstantSource clock) {
        this.reader = reader;
        this.stream = stream;
        this.clock = clock;
    }

    /**
     * From now on shows these secrets; nothing where the stream has none. What is gone says 0, and
     * the rotation of a stream that has none any more {@value #NO_SECRETS}, for Flink takes no
     * metric back.
     *
     * @param retireAfter how long an old secret has to be unseen
     */
    public synchronized void show(Verifier verifier, Duration retireAfter) {
        shown = new Shown(verifier::secrets, retireAfter);
        List<SecretStatus> secrets = verifier.secrets();
        if (secrets.isEmpty()) {
            return;
        }
        MetricGroup group = reader.addGroup("stream", stream);
        if (registered.isEmpty()) {
            group.gauge(MetricDefinition.SECRET_ROTATION.metric(), (Gauge<Long>) this::rotation);
        }
        for (SecretStatus secret : secrets) {
            if (registered.add(secret.name())) {
                registerIn(group.addGroup("secret", secret.name()), secret.name());
            }
        }
    }

    /** The stream is gone. */
    public void showNone() {
        shown = Shown.NOTHING;
    }

    private void registerIn(MetricGroup group, String name) {
        gauge(group, MetricDefinition.SECRET_USABLE, name, secret -> usable(secret) ? 1 : 0);
        gauge(group, MetricDefinition.SECRET_USES, name, SecretStatus::uses);
        gauge(group, MetricDefinition.SECRET_LAST_USED, name, SecretMetrics::lastUsed);
        gauge(
                group,
                MetricDefinition.SECRET_REFUSED_OUTSIDE_TIME,
                name,
                SecretStatus::refusedOutsideTime);
        gauge(group, MetricDefinition.SECRET_READ_FAILURES, name, SecretStatus::readFailures);
    }

    private void gauge(
            MetricGroup group,
            MetricDefinition metric,
            String name,
            ToLongFunction<SecretStatus> value) {
        group.gauge(metric.metric(), (Gauge<Long>) () -> valueOf(name, value));
    }

    private long valueOf(String name, ToLongFunction<SecretStatus> value) {
        for (SecretStatus secret : shown.secrets().get()) {
            if (secret.name().equals(name)) {
                return value.applyAsLong(secret);
            }
        }
        return 0;
    }

    private long rotation() {
        Shown now = shown;
        List<SecretStatus> secrets = now.secrets().get();
        return secrets.isEmpty()
                ? NO_SECRETS
                : Rotation.of(secrets, clock.instant(), now.retireAfter()).number();
    }

    private boolean usable(SecretStatus secret) {
        return secret.readable() && secret.validity().includes(clock.instant());
    }

    private static long lastUsed(SecretStatus secret) {
        return secret.lastUsed() == null ? 0 : secret.lastUsed().toEpochMilli();
    }

    private record Shown(Supplier<List<SecretStatus>> secrets, Duration retireAfter) {

        static final Shown NOTHING = new Shown(List::of, Duration.ZERO);
    }
}
