/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.Rotation;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.admission.OpenRequests;
import io.webhookstreams.connector.ingest.ReaderStatus;
import io.webhookstreams.connector.ingest.Registrations;
import io.webhookstreams.connector.ingest.StreamSecrets;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import javax.annotation.Nullable;

/**
 * The guarded port: POST /drain and /resume, GET /status. Every request needs the token, those to
 * unknown paths too.
 */
final class AdminHandler implements Request.Handler {

    private final Verifier token;
    private final InstantSource clock;
    private final Admission admission;
    private final OpenRequests open;
    private final Registrations registrations;

    AdminHandler(
            Verifier token,
            InstantSource clock,
            Admission admission,
            OpenRequests open,
            Registrations registrations) {
        this.token = token;
        this.clock = clock;
        this.admission = admission;
        this.open = open;
        this.registrations = registrations;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!(token.verify(new RequestView(request, clock.instant())) instanceof Verified)) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, token.challenge());
            ObjectNode body = Replies.object().put("code", "unauthorized");
            Replies.send(response, callback, 401, body);
            return true;
        }
        switch (request.getMethod() + " " + Request.getPathInContext(request)) {
            case "POST /drain" -> {
                admission.drain().drain();
                Replies.send(response, callback, 200, status());
            }
            case "POST /resume" -> {
                admission.drain().resume();
                Replies.send(response, callback, 200, status());
            }
            case "GET /status" -> Replies.send(response, callback, 200, status());
            default -> Response.writeError(request, response, callback, 404);
        }
        return true;
    }

    /** The count of open requests excludes this one: it counts the ingest port's. */
    private ObjectNode status() {
        List<ReaderStatus> readers = registrations.status();
        long pending = readers.stream().mapToLong(ReaderStatus::pendingDeliveries).sum();
        boolean draining = admission.drain().isDraining();
        ObjectNode status =
                Replies.object()
                        .put("draining", draining)
                        .put("drained", draining && open.now() == 0 && pending == 0)
                        .put("openRequests", open.now())
                        .put("heldBytes", admission.held().used())
                        .put("unverifiedRequests", admission.unverified().size())
                        .put("unverifiedBytes", admission.unverified().bytes());
        ArrayNode list = status.putArray("readers");
        for (ReaderStatus reader : readers) {
            list.addObject()
                    .put("source", reader.source())
                    .put("subtask", reader.subtask())
                    .put("configurationVersion", reader.configuration().version())
                    .put("configurationBehind", reader.configuration().isBehind())
                    .put("status", reader.status().name())
                    .put("lanes", reader.lanes())
                    .put("pendingDeliveries", reader.pendingDeliveries())
                    .put("pendingBytes", reader.pendingBytes());
        }
        Instant now = clock.instant();
        status.put("time", now.toString());
        ArrayNode streams = status.putArray("streams");
        registrations.secrets().forEach(stream -> put(streams.addObject(), stream, now));
        return status;
    }

    private static void put(ObjectNode node, StreamSecrets stream, Instant now) {
        Rotation rotation = Rotation.of(stream.secrets(), now, stream.retireAfter());
        node.put("source", stream.source())
                .put("stream", stream.stream())
                .put("auth", stream.type())
                .put("rotation", rotation.toString())
                .put("retireAfter", stream.retireAfter().toString());
        ArrayNode secrets = node.putArray("secrets");
        stream.secrets().forEach(secret -> put(secrets.addObject(), secret, now));
    }

    /** Names and counts; the secret itself is not even in reach. */
    private static void put(ObjectNode node, SecretStatus secret, Instant now) {
        node.put("name", secret.name())
                .put("phase", secret.validity().phaseAt(now).toString())
                .put("notBefore", text(secret.validity().notBefore()))
                .put("notAfter", text(secret.validity().notAfter()))
                .put("readable", secret.readable())
                .put("since", secret.since().toString())
                .put("lastUsed", text(secret.lastUsed()))
                .put("uses", secret.uses())
                .put("refusedOutsideTime", secret.refusedOutsideTime())
                .put("readFailures", secret.readFailures());
    }

    @Nullable
    private static String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
