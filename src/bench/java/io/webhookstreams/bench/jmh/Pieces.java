/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.connector.WebhookDelivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the benchmarks here have in common: a body of 1 KB, and its delivery. */
public final class Pieces {

    private static final int BYTES = 1024;

    /** Its id stands first, as with most vendors. */
    public static byte[] body() {
        String head =
                "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1767225600,\"data\":\"";
        String text = head + "x".repeat(BYTES - head.length() - 2) + "\"}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static WebhookDelivery.Builder delivery(byte[] body, byte[] digest) {
        return WebhookDelivery.builder().stream("bench")
                .deliveryId(new UUID(1, 2))
                .receivedAt(Instant.EPOCH)
                .method("POST")
                .path("/in/bench")
                .contentType("application/json")
                .body(body)
                .bodyDigest(digest)
                .remoteAddress("127.0.0.1")
                .authScheme("github")
                .secretName("file:secret")
                .eventId("evt_1")
                .headers(
                        Map.of(
                                "content-type", List.of("application/json"),
                                "host", List.of("127.0.0.1:8080"),
                                "user-agent", List.of("GitHub-Hookshot/044aadd"),
                                "x-github-event", List.of("push"),
                                "x-hub-signature-256", List.of("sha256=" + "0".repeat(64))));
    }

    private Pieces() {}
}
