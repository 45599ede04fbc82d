/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.DeadlineMetrics;
import io.webhookstreams.connector.metrics.SecretMetrics;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A registered reader and its metrics, by stream. Any thread. */
final class Reader {

    private final Registration registration;
    private final LongSupplier nanoClock;

    /** Of streams that are gone too: their requests may still be open. */
    private final Map<String, StreamMetrics> metrics = new ConcurrentHashMap<>();

    /** As they were served last. */
    private final Map<String, StreamSettings> streams = new ConcurrentHashMap<>();

    private final Map<String, SecretMetrics> secrets = new ConcurrentHashMap<>();

    Reader(Registration registration, LongSupplier nanoClock) {
        this.registration = registration;
        this.nanoClock = nanoClock;
        for (StreamSettings stream : registration.source().streams()) {
            show(stream);
        }
    }

    /** Counts for these too; before the first request can come through them. */
    void serve(List<Endpoint> endpoints, InstantSource clock) {
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

    private long nanosToDurable(String stream) {
        return streams.get(stream).tier() == Tier.CHECKPOINT ? intake().nanosToDurable() : 0;
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
