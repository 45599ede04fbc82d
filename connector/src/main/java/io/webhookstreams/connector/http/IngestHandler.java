/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.admission.OpenRequests;
import io.webhookstreams.connector.ingest.IngestPath;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.time.InstantSource;

/**
 * Hands requests to the ingest path, on the thread that parsed them: nothing on the path blocks, so
 * nothing is dispatched.
 */
final class IngestHandler implements Request.Handler {

    private final IngestPath path;
    private final OpenRequests open;
    private final SettledAnswers answers;
    private final InstantSource clock;
    private final ClientAddresses clients;

    IngestHandler(
            IngestPath path,
            OpenRequests open,
            SettledAnswers answers,
            InstantSource clock,
            ClientAddresses clients) {
        this.path = path;
        this.open = open;
        this.answers = answers;
        this.clock = clock;
        this.clients = clients;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        JettyExchange exchange =
                new JettyExchange(
                        request, response, callback, open, answers, clock.instant(), clients);
        try {
            path.arrived(exchange);
        } catch (RuntimeException e) {
            exchange.fail(e);
        } catch (Error e) {
            exchange.fail(e);
            throw e;
        }
        return true;
    }
}
