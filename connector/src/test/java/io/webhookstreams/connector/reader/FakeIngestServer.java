/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.ingest.ConfigurationStatus;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.ingest.Registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A server without a socket, whose settlers run when the test says so. */
final class FakeIngestServer implements IngestServer {

    static final String ENDPOINT = "http://127.0.0.1:4711";

    private final Queue<Runnable> settlements = new ConcurrentLinkedQueue<>();
    private final List<Registration> registered = new ArrayList<>();
    private final List<SourceSettings> reconfigured = new ArrayList<>();
    private boolean usable = true;
    private ConfigurationStatus configuration = new ConfigurationStatus(-1, -1);

    @Override
    public String endpoint() {
        return ENDPOINT;
    }

    @Override
    public Executor settlers() {
        return settlements::add;
    }

    @Override
    public Handle register(Registration registration) {
        registered.add(registration);
        registration.intake().serve(registration.source().streams());
        configuration = new ConfigurationStatus(registration.version(), registration.version());
        return () -> registered.remove(registration);
    }

    @Override
    public void reconfigure(SourceSettings source, long version) {
        reconfigured.add(source);
        if (usable) {
            configuration = new ConfigurationStatus(version, version);
            registered.forEach(reader -> reader.intake().serve(source.streams()));
        } else {
            configuration = new ConfigurationStatus(configuration.version(), version);
        }
    }

    /** Whether it puts in force what it is told; or else the one before stays. */
    void canUse(boolean next) {
        usable = next;
    }

    @Override
    public ConfigurationStatus configuration(String source) {
        return configuration;
    }

    /** What it was told to put in force, besides registrations. */
    List<SourceSettings> reconfigured() {
        return List.copyOf(reconfigured);
    }

    List<Registration> registered() {
        return List.copyOf(registered);
    }

    void runSettlements() {
        for (Runnable next = settlements.poll(); next != null; next = settlements.poll()) {
            next.run();
        }
    }
}
