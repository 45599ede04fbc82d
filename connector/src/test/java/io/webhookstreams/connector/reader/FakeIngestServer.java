/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

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
        return () -> registered.remove(registration);
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
