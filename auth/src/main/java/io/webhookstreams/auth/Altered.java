/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A request with another body, query or time, to see whether that one would pass. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Altered(AuthRequest request, byte[] body, String query, Instant receivedAt)
        implements AuthRequest {

    static Altered at(Instant instant, AuthRequest request) {
        return new Altered(request, request.body(), request.query(), instant);
    }

    Altered with(byte[] other) {
        return new Altered(request, other, query, receivedAt);
    }

    Altered withQuery(String other) {
        return new Altered(request, body, other, receivedAt);
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public List<X509Certificate> clientCertificates() {
        return request.clientCertificates();
    }
}
