/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.annotation.Nullable;

/**
 * Writes the form that {@link WebhookDeliveryWire} describes. What has no length yet, texts and
 * headers, is written first and aside, so that the body is copied once, to its place.
 */
final class WireWriter {

    /** Room for all texts and headers: those of most deliveries fit, the others grow. */
    private static final int USUAL_TEXT_BYTES = 1_024;

    /** Version, lane, sequence, delivery id, received-at, sampling rate; whether a time follows. */
    private static final int FIXED_BYTES = 1 + Integer.BYTES + 5 * Long.BYTES + 1;

    private static final int TIME_BYTES = Long.BYTES + Integer.BYTES;

    private final WebhookDelivery delivery;
    private ByteBuffer texts = ByteBuffer.allocate(USUAL_TEXT_BYTES);

    WireWriter(WebhookDelivery delivery) {
        this.delivery = delivery;
    }

    byte[] write() {
        writeTexts();
        writeHeaders();
        writeShed();
        ByteBuffer wire = ByteBuffer.allocate(size());
        putFixedPart(wire);
        putBlock(wire, delivery.bodyDigest());
        putBlock(wire, delivery.body());
        wire.put(texts.flip());
        return wire.array();
    }

    private int size() {
        int time = delivery.eventTime() == null ? 0 : TIME_BYTES;
        int blocks = 2 * Integer.BYTES + delivery.bodyDigest().length;
        return Math.addExact(
                FIXED_BYTES + time + blocks + texts.position(), delivery.body().length);
    }

    private void putFixedPart(ByteBuffer wire) {
        UUID id = delivery.deliveryId();
        int version =
                delivery.isShed() ? WebhookDeliveryWire.VERSION : WebhookDeliveryWire.NOT_SHED;
        wire.put((byte) version)
                .putInt(delivery.lane())
                .putLong(delivery.sequence())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(delivery.receivedAt().toEpochMilli())
                .putDouble(delivery.samplingRate());
        putInstant(wire, delivery.eventTime());
    }

    private static void putInstant(ByteBuffer wire, @Nullable Instant instant) {
        if (instant == null) {
            wire.put((byte) 0);
        } else {
            wire.put((byte) 1).putLong(instant.getEpochSecond()).putInt(instant.getNano());
        }
    }

    private static void putBlock(ByteBuffer wire, byte[] bytes) {
        wire.putInt(bytes.length).put(bytes);
    }

    private void writeTexts() {
        writeText(delivery.stream());
        writeText(delivery.method());
        writeText(delivery.path());
        writeText(delivery.authScheme());
        writeText(delivery.secretName());
        writeText(delivery.query());
        writeText(delivery.contentType());
        writeText(delivery.charset());
        writeText(delivery.remoteAddress());
        writeText(delivery.eventId());
        writeText(delivery.eventType());
        writeText(delivery.account());
        writeText(delivery.correlationId());
        writeText(delivery.traceparent());
    }

    private void writeHeaders() {
        writeNumber(delivery.headers().size());
        delivery.headers().forEach(this::writeHeader);
    }

    private void writeShed() {
        if (delivery.isShed()) {
            writeNumber(delivery.bodyBytes());
            writeText(delivery.shedReason());
        }
    }

    private void writeHeader(String name, List<String> values) {
        writeText(name);
        writeNumber(values.size());
        values.forEach(this::writeText);
    }

    private void writeText(@Nullable String text) {
        if (text == null) {
            writeNumber(WireReader.ABSENT);
        } else {
            writeBlock(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void writeBlock(byte[] bytes) {
        writeNumber(bytes.length);
        ensureRoomFor(bytes.length);
        texts.put(bytes);
    }

    private void writeNumber(int number) {
        ensureRoomFor(Integer.BYTES);
        texts.putInt(number);
    }

    private void ensureRoomFor(int bytes) {
        if (texts.remaining() < bytes) {
            int capacity = Math.max(texts.capacity() + bytes, texts.capacity() * 3 / 2);
            texts = ByteBuffer.allocate(capacity).put(texts.flip());
        }
    }
}
