/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.admission.RetryAfter;
import io.webhookstreams.connector.ingest.Problems;
import io.webhookstreams.connector.ingest.Refusal;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Words Jetty's own refusals (malformed HTTP, headers too large, a failure of ours) as the ingest
 * path words its own: problem+json, a code, nothing of what went wrong inside. A failure of ours
 * says overloaded, for the sender should come again.
 */
final class ProblemErrorHandler implements Request.Handler {

    private final RetryAfter retryAfter;
    private final Supplier<UUID> ids;
    private final ListenerMetrics metrics;

    ProblemErrorHandler(RetryAfter retryAfter, Supplier<UUID> ids, ListenerMetrics metrics) {
        this.retryAfter = retryAfter;
        this.ids = ids;
        this.metrics = metrics;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        metrics.unrouted();
        int status = status(response.getStatus());
        Refusal refusal = refusal(status);
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(Fields.NO_SNIFF);
        headers.put(Fields.PROBLEM);
        if (refusal.isRetryable()) {
            headers.put(HttpHeader.RETRY_AFTER, retryAfter.seconds(refusal.leastRetrySeconds()));
        }
        String id = ids.get().toString();
        byte[] body = Problems.body(status, refusal.code(), refusal.sentence(), id, null);
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }

    /** Jetty says 426, 501 and 505, among others, of what its sender should not have sent. */
    private static int status(int jettys) {
        return switch (jettys) {
            case 404, 405, 408, 413, 414, 431 -> jettys;
            case 501, 505 -> Refusal.BAD_REQUEST.status();
            default -> (jettys < 500 ? Refusal.BAD_REQUEST : Refusal.OVERLOADED).status();
        };
    }

    private static Refusal refusal(int status) {
        return switch (status) {
            case 404 -> Refusal.UNKNOWN_STREAM;
            case 405 -> Refusal.METHOD_NOT_ALLOWED;
            case 408 -> Refusal.SLOW_BODY;
            case 413, 414, 431 -> Refusal.TOO_LARGE;
            case 503 -> Refusal.OVERLOADED;
            default -> Refusal.BAD_REQUEST;
        };
    }
}
