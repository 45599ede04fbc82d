/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import javax.annotation.Nullable;

/** Writes the form that {@link WebhookDeliveryWire} describes. */
final class WireWriter {

    /** Room for everything but the body: most deliveries fit, the others grow once or twice. */
    private static final int USUAL_ENVELOPE_BYTES = 1_024;

    private final WebhookDelivery delivery;
    private ByteBuffer out;

    WireWriter(WebhookDelivery delivery) {
        this.delivery = delivery;
        this.out = ByteBuffer.allocate(delivery.body().length + USUAL_ENVELOPE_BYTES);
    }

    byte[] write() {
        writeFixedPart();
        writeBlock(delivery.bodyDigest());
        writeBlock(delivery.body());
        writeTexts();
        writeHeaders();
        byte[] wire = new byte[out.position()];
        out.flip().get(wire);
        return wire;
    }

    private void writeFixedPart() {
        UUID id = delivery.deliveryId();
        out.put((byte) WebhookDeliveryWire.VERSION)
                .putInt(delivery.lane())
                .putLong(delivery.sequence())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(delivery.receivedAt().toEpochMilli())
                .putDouble(delivery.samplingRate());
        writeInstant(delivery.eventTime());
    }

    private void writeInstant(@Nullable Instant instant) {
        if (instant == null) {
            out.put((byte) 0);
        } else {
            out.put((byte) 1).putLong(instant.getEpochSecond()).putInt(instant.getNano());
        }
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
        out.put(bytes);
    }

    private void writeNumber(int number) {
        ensureRoomFor(Integer.BYTES);
        out.putInt(number);
    }

    private void ensureRoomFor(int bytes) {
        if (out.remaining() < bytes) {
            int capacity = Math.max(out.capacity() + bytes, out.capacity() * 3 / 2);
            out = ByteBuffer.allocate(capacity).put(out.flip());
        }
    }
}
