/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.metrics.DeadlineMetrics;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A registered reader and its metrics, by stream. */
final class Reader {

    private final Registration registration;
    private final Map<String, StreamMetrics> metrics = new HashMap<>();

    Reader(Registration registration, LongSupplier nanoClock) {
        this.registration = registration;
        for (StreamSettings stream : registration.source().streams()) {
            deadlineMetrics(stream).registerIn(registration.metrics(), stream.name());
            metrics.put(
                    stream.name(),
                    new StreamMetrics(
                            registration.metrics(), stream.name(), Refusal.codes(), nanoClock));
        }
    }

    private DeadlineMetrics deadlineMetrics(StreamSettings stream) {
        boolean waits = stream.tier() == Tier.CHECKPOINT;
        return new DeadlineMetrics(
                stream.answerDeadline(), waits ? intake()::nanosToDurable : () -> 0);
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

    StreamMetrics metrics(String stream) {
        return metrics.get(stream);
    }
}
