/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.annotation.Nullable;

/** Builds deliveries with words: {@code aDelivery().ofEvent("evt_1").withBody("{}").build()}. */
public final class TestDelivery {

    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    private final WebhookDelivery.Builder builder =
            WebhookDelivery.builder()
                    .deliveryId(UUID.fromString("01936d2e-0000-7000-8000-000000000001"))
                    .stream("orders")
                    .lane(3)
                    .sequence(7)
                    .receivedAt(NOW)
                    .path("/in/orders")
                    .contentType("application/json")
                    .headers(Map.of("content-type", List.of("application/json")))
                    .authScheme("bearer");

    private TestDelivery() {
        withBody("{\"id\":1}");
    }

    public static TestDelivery aDelivery() {
        return new TestDelivery();
    }

    public TestDelivery of(String stream) {
        builder.stream(stream);
        return this;
    }

    public TestDelivery verifiedBy(String scheme) {
        builder.authScheme(scheme);
        return this;
    }

    public TestDelivery withDeliveryId(UUID id) {
        builder.deliveryId(id);
        return this;
    }

    public TestDelivery ofEvent(@Nullable String eventId) {
        builder.eventId(eventId);
        return this;
    }

    public TestDelivery ofType(@Nullable String type) {
        builder.eventType(type);
        return this;
    }

    public TestDelivery at(@Nullable Instant eventTime) {
        builder.eventTime(eventTime);
        return this;
    }

    public TestDelivery receivedAt(Instant time) {
        builder.receivedAt(time);
        return this;
    }

    public TestDelivery from(String account) {
        builder.account(account);
        return this;
    }

    public TestDelivery withBody(String body) {
        return withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    public TestDelivery withBody(byte[] body) {
        builder.body(body);
        return this;
    }

    public TestDelivery sampledAt(double rate) {
        builder.samplingRate(rate);
        return this;
    }

    /** The record that a delivery was shed whose body had so many bytes. */
    public TestDelivery shed(int bytes) {
        builder.body(new byte[0]).shed("high_water", bytes);
        return this;
    }

    /** Another body than others have, of which only the digest is known. */
    public TestDelivery withBodyDigest(byte... digest) {
        builder.bodyDigest(digest);
        return this;
    }

    public WebhookDelivery build() {
        return builder.build();
    }
}
