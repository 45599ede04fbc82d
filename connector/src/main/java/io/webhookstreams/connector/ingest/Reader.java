/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.LifecycleOptions.State;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.DeadlineMetrics;
import io.webhookstreams.connector.metrics.SecretMetrics;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A registered reader and its metrics, by stream. Any thread. */
final class Reader {

    private final Registration registration;
    private final LongSupplier nanoClock;

    /** Of streams that are gone too: their requests may still be open. */
    private final Map<String, StreamMetrics> metrics = new ConcurrentHashMap<>();

    /** As they were served last. */
    private final Map<String, StreamSettings> streams = new ConcurrentHashMap<>();

    private final Map<String, SecretMetrics> secrets = new ConcurrentHashMap<>();

    /** Names of the streams that requests can come through now. */
    private volatile Set<String> served;

    Reader(Registration registration, LongSupplier nanoClock) {
        this.registration = registration;
        this.nanoClock = nanoClock;
        this.served =
                registration.source().streams().stream()
                        .map(StreamSettings::name)
                        .collect(Collectors.toUnmodifiableSet());
        for (StreamSettings stream : registration.source().streams()) {
            show(stream);
        }
    }

    /**
     * Has its queue shared by these, and counts for them too; before the first request can come
     * through them. What is shown of other streams, which are gone, stays, since Flink takes no
     * metric back, and alarms nobody.
     */
    void serve(List<Endpoint> endpoints, InstantSource clock) {
        intake().serve(endpoints.stream().map(Endpoint::settings).toList());
        served =
                endpoints.stream()
                        .map(endpoint -> endpoint.settings().name())
                        .collect(Collectors.toUnmodifiableSet());
        secrets.forEach(
                (name, shown) -> {
                    if (!served.contains(name)) {
                        shown.showNone();
                    }
                });
        for (Endpoint endpoint : endpoints) {
            show(endpoint.settings());
            secrets.computeIfAbsent(
                            endpoint.settings().name(),
                            name -> new SecretMetrics(registration.metrics(), name, clock))
                    .show(endpoint.verifier(), endpoint.settings().retireAfter());
        }
    }

    private void show(StreamSettings stream) {
        String name = stream.name();
        if (streams.put(name, stream) == null) {
            new DeadlineMetrics(
                            () -> streams.get(name).answerDeadline(), () -> nanosToDurable(name))
                    .registerIn(registration.metrics(), name);
        }
        count(name);
    }

    /** 0 for a stream whose deliveries wait for nothing, or that takes none any more. */
    private long nanosToDurable(String stream) {
        StreamSettings settings = streams.get(stream);
        boolean waits =
                settings.tier() == Tier.CHECKPOINT
                        && settings.state() != State.REVOKED
                        && served.contains(stream);
        return waits ? intake().nanosToDurable() : 0;
    }

    private StreamMetrics count(String stream) {
        return metrics.computeIfAbsent(
                stream,
                name ->
                        new StreamMetrics(
                                registration.metrics(), name, Refusal.codes(), nanoClock));
    }

    int subtask() {
        return registration.subtask();
    }

    /** Whether this one was created after the other, in the same JVM. */
    boolean isNewerThan(Reader other) {
        return registration.incarnation() > other.registration.incarnation();
    }

    Intake intake() {
        return registration.intake();
    }

    /** Also of a stream that went before this reader came, while a request of it is open. */
    StreamMetrics metrics(String stream) {
        StreamMetrics counted = metrics.get(stream);
        return counted == null ? count(stream) : counted;
    }
}
