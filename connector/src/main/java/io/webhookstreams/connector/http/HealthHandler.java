/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.connector.admission.DrainSwitch;
import io.webhookstreams.connector.ingest.Registrations;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.util.List;

import javax.annotation.Nullable;

/**
 * Answers GET (and HEAD) on /live, /ready and /started, and nothing else. Ready means that a
 * delivery sent now would be accepted and become durable, as far as this JVM can tell.
 */
final class HealthHandler implements Request.Handler {

    private static final List<String> METHODS = List.of("GET", "HEAD");
    private static final String NOT_STARTED = "no source has registered yet";

    private final Registrations registrations;
    private final DrainSwitch drain;

    HealthHandler(Registrations registrations, DrainSwitch drain) {
        this.registrations = registrations;
        this.drain = drain;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!METHODS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", METHODS));
            Response.writeError(request, response, callback, 405);
            return true;
        }
        switch (Request.getPathInContext(request)) {
            case "/live" -> reply(response, callback, null);
            case "/started" -> reply(response, callback, whyNotStarted());
            case "/ready" -> reply(response, callback, whyNotReady());
            default -> Response.writeError(request, response, callback, 404);
        }
        return true;
    }

    @Nullable
    private String whyNotStarted() {
        return registrations.isStarted() ? null : NOT_STARTED;
    }

    @Nullable
    private String whyNotReady() {
        if (drain.isDraining()) {
            return "draining";
        }
        if (!registrations.isStarted()) {
            return NOT_STARTED;
        }
        List<String> notReady = registrations.notReady();
        return notReady.isEmpty()
                ? null
                : "sources without a reader that takes deliveries: " + notReady;
    }

    private static void reply(Response response, Callback callback, @Nullable String reason) {
        ObjectNode body = Replies.object().put("ok", reason == null);
        if (reason != null) {
            body.put("reason", reason);
        }
        Replies.send(response, callback, reason == null ? 200 : 503, body);
    }
}
