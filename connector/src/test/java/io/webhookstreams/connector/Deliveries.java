/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import javax.annotation.Nullable;

/** Deliveries for tests. */
public final class Deliveries {

    public static final Instant RECEIVED_AT = Instant.parse("2026-03-01T10:00:00.123Z");

    /** What a delivery with this body looks like when a reader is offered it. */
    public static WebhookDelivery draft(String body) {
        return draftOf(null, body);
    }

    /** The same with the vendor's id. */
    public static WebhookDelivery draftOf(@Nullable String eventId, String body) {
        return WebhookDelivery.builder().stream("orders")
                .eventId(eventId)
                .deliveryId(new UUID(1, body.hashCode()))
                .receivedAt(RECEIVED_AT)
                .path("/in/orders")
                .body(body.getBytes(UTF_8))
                .build();
    }

    public static String textOf(WebhookDelivery delivery) {
        return new String(delivery.body(), UTF_8);
    }

    /** Every field set, with values that are hard on an encoding. */
    public static WebhookDelivery full() {
        return WebhookDelivery.builder().stream("zahlungen-€")
                .deliveryId(UUID.fromString("0195f2a1-7c00-7abc-8def-0123456789ab"))
                .lane(7)
                .sequence(1L << 40)
                .receivedAt(RECEIVED_AT)
                .method("PUT")
                .path("/in/orders")
                .query("a=b&c")
                .headers(
                        Map.of(
                                "X-Event-Id", List.of("evt_1"),
                                "Accept", List.of("*/*", ""),
                                "x-empty", List.of()))
                .contentType("application/json")
                .charset("utf-8")
                .body("{\"name\":\"Łódź\"}".getBytes(UTF_8))
                .remoteAddress("2001:db8::1")
                .authScheme("github")
                .secretName("2026-11")
                .eventId("evt_1")
                .eventType("order.paid")
                .eventTime(Instant.parse("2026-03-01T09:59:59.987654321Z"))
                .account("acct_1")
                .correlationId("c-1")
                .traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .samplingRate(0.25)
                .build();
    }

    public static WebhookDelivery random(Random random) {
        return WebhookDelivery.builder().stream(text(random))
                .deliveryId(new UUID(random.nextLong(), random.nextLong()))
                .lane(random.nextInt())
                .sequence(random.nextLong())
                .receivedAt(Instant.ofEpochMilli(random.nextLong(1L << 45)))
                .method(text(random))
                .path(text(random))
                .query(textOrNull(random))
                .headers(headers(random))
                .contentType(textOrNull(random))
                .charset(textOrNull(random))
                .body(bytes(random, 300))
                .remoteAddress(textOrNull(random))
                .authScheme(text(random))
                .secretName(text(random))
                .eventId(textOrNull(random))
                .eventType(textOrNull(random))
                .eventTime(random.nextBoolean() ? null : instant(random))
                .account(textOrNull(random))
                .correlationId(textOrNull(random))
                .traceparent(textOrNull(random))
                .samplingRate(random.nextDouble())
                .build();
    }

    private static Instant instant(Random random) {
        return Instant.ofEpochSecond(random.nextLong(1L << 35), random.nextInt(1_000_000_000));
    }

    private static Map<String, List<String>> headers(Random random) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            headers.put("x-" + i, List.of(text(random), text(random)));
        }
        return headers;
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0x20, 0x2fff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Nullable
    private static String textOrNull(Random random) {
        return random.nextBoolean() ? null : text(random);
    }

    private Deliveries() {}
}
