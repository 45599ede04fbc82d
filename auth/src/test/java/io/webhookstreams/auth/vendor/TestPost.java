/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.vendor;

import io.webhookstreams.auth.AuthRequest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that has arrived. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record TestPost(String method, Map<String, String> fields, byte[] body, Instant receivedAt)
        implements AuthRequest {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static TestPost of(String body) {
        return new TestPost("POST", Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
    }

    TestPost with(String header, String value) {
        Map<String, String> more = new TreeMap<>(fields);
        more.put(header, value);
        return new TestPost(method, more, body, receivedAt);
    }

    TestPost body(String other) {
        return new TestPost(method, fields, other.getBytes(StandardCharsets.UTF_8), receivedAt);
    }

    TestPost at(Instant instant) {
        return new TestPost(method, fields, body, instant);
    }

    TestPost by(String other) {
        return new TestPost(other, fields, body, receivedAt);
    }

    @Override
    public String path() {
        return "/in/vendor";
    }

    @Override
    public String query() {
        return null;
    }

    @Override
    public List<String> headers(String name) {
        String value = fields.get(name);
        return value == null ? List.of() : List.of(value);
    }
}
