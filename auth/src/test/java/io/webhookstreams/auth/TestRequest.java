/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A request in words: {@code aRequest().body(BODY).signedWith(signer).at(NOW.minus(...))}. It
 * arrives at {@link #NOW} unless told otherwise; {@code at} is when its sender signed it.
 */
final class TestRequest {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final byte[] BODY =
            "{\"id\":\"evt_1\",\"type\":\"order.paid\"}".getBytes(StandardCharsets.UTF_8);

    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private byte[] body = BODY;
    private byte[] bodyOnArrival;
    private Signer signer;
    private Instant signedAt = NOW;
    private Instant receivedAt = NOW;

    static TestRequest aRequest() {
        return new TestRequest();
    }

    TestRequest body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    TestRequest body(byte[] bytes) {
        body = bytes;
        return this;
    }

    TestRequest header(String name, String value) {
        headers.add(Map.entry(name, value));
        return this;
    }

    TestRequest signedWith(Signer bySigner) {
        signer = bySigner;
        return this;
    }

    /** When the sender signed it. */
    TestRequest at(Instant instant) {
        signedAt = instant;
        return this;
    }

    TestRequest receivedAt(Instant instant) {
        receivedAt = instant;
        return this;
    }

    /** What somebody on the way made of the body, after it was signed. */
    TestRequest tampered(UnaryOperator<byte[]> change) {
        bodyOnArrival = change.apply(body.clone());
        return this;
    }

    /** The same request while its body has not been read. */
    AuthRequest headersOnly() {
        return arrived(null);
    }

    AuthRequest arrived() {
        return arrived(bodyOnArrival == null ? body : bodyOnArrival);
    }

    private AuthRequest arrived(byte[] arrivedBody) {
        List<Map.Entry<String, String>> sent = new ArrayList<>(headers);
        if (signer != null) {
            sent.addAll(signer.sign(body, signedAt).entrySet());
        }
        return new Arrived(List.copyOf(sent), arrivedBody, receivedAt);
    }

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Arrived(
            List<Map.Entry<String, String>> sent, byte[] arrivedBody, Instant receivedAt)
            implements AuthRequest {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            return "/in/orders";
        }

        @Override
        public String query() {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return sent.stream()
                    .filter(header -> lower(header.getKey()).equals(lower(name)))
                    .map(Map.Entry::getValue)
                    .toList();
        }

        @Override
        public byte[] body() {
            if (arrivedBody == null) {
                throw new IllegalStateException("body: not read yet");
            }
            return arrivedBody;
        }

        private static String lower(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
