/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.auth.AuthRequest;

import org.eclipse.jetty.server.Request;

import java.time.Instant;
import java.util.List;

/** What a verifier sees of a request to the admin port, whose body nobody reads. */
final class RequestView implements AuthRequest {

    private static final byte[] NO_BODY = {};

    private final Request request;
    private final Instant receivedAt;

    RequestView(Request request, Instant receivedAt) {
        this.request = request;
        this.receivedAt = receivedAt;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getHttpURI().getPath();
    }

    @Override
    public String query() {
        return request.getHttpURI().getQuery();
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public byte[] body() {
        return NO_BODY;
    }

    @Override
    public Instant receivedAt() {
        return receivedAt;
    }
}
