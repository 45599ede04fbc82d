/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.annotation.Nullable;

/** Reads the form that {@link WebhookDeliveryWire} describes. */
final class WireReader {

    /** Length of a text that is absent. */
    static final int ABSENT = -1;

    /** After version, lane, sequence, delivery id, received-at and sampling rate. */
    private static final int EVENT_TIME_AT = 1 + Integer.BYTES + 5 * Long.BYTES;

    private final byte[] wire;
    private final ByteBuffer in;

    WireReader(byte[] wire) {
        this.wire = wire;
        this.in = ByteBuffer.wrap(wire);
    }

    static String streamOf(byte[] wire) {
        WireReader reader = new WireReader(wire);
        try {
            reader.in.position(EVENT_TIME_AT);
            reader.skip(reader.in.get() == 0 ? 0 : Long.BYTES + Integer.BYTES);
            reader.skip(reader.readLength());
            reader.skip(reader.readLength());
            return reader.readText();
        } catch (IOException | BufferUnderflowException | IllegalArgumentException e) {
            return "";
        }
    }

    private void skip(int bytes) {
        in.position(in.position() + bytes);
    }

    WebhookDelivery read() throws IOException {
        try {
            int version = requireVersion(in.get());
            WebhookDelivery.Builder delivery = WebhookDelivery.builder();
            readFixedPart(delivery);
            delivery.bodyDigest(readBlock()).body(readBlock());
            readTexts(delivery);
            delivery.canonicalHeaders(readHeaders());
            if (version != WebhookDeliveryWire.NOT_SHED) {
                readShed(delivery);
            }
            requireNothingLeft();
            return delivery.build(wire);
        } catch (BufferUnderflowException e) {
            throw new IOException("delivery: " + wire.length + " bytes (expected: more)", e);
        } catch (DateTimeException | ArithmeticException e) {
            throw new IOException("delivery: an instant out of range", e);
        }
    }

    private void readFixedPart(WebhookDelivery.Builder delivery) {
        delivery.lane(in.getInt())
                .sequence(in.getLong())
                .deliveryId(new UUID(in.getLong(), in.getLong()))
                .receivedAt(Instant.ofEpochMilli(in.getLong()))
                .samplingRate(in.getDouble());
        if (in.get() != 0) {
            delivery.eventTime(Instant.ofEpochSecond(in.getLong(), in.getInt()));
        }
    }

    private void readTexts(WebhookDelivery.Builder delivery) throws IOException {
        delivery.stream(readText())
                .method(readText())
                .path(readText())
                .authScheme(readText())
                .secretName(readText())
                .query(readTextOrAbsent())
                .contentType(readTextOrAbsent())
                .charset(readTextOrAbsent())
                .remoteAddress(readTextOrAbsent())
                .eventId(readTextOrAbsent())
                .eventType(readTextOrAbsent())
                .account(readTextOrAbsent())
                .correlationId(readTextOrAbsent())
                .traceparent(readTextOrAbsent());
    }

    private Map<String, List<String>> readHeaders() throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int names = readLength(); names > 0; names--) {
            String name = readText();
            int number = readLength();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                values.add(readText());
            }
            headers.put(name, Collections.unmodifiableList(values));
        }
        return headers;
    }

    private void readShed(WebhookDelivery.Builder delivery) throws IOException {
        int bytes = in.getInt();
        if (bytes < 0) {
            throw new IOException(
                    "delivery: a shed body of %d bytes (expected: 0 or more)".formatted(bytes));
        }
        delivery.shed(readText(), bytes);
    }

    private String readText() throws IOException {
        return new String(readBlock(), StandardCharsets.UTF_8);
    }

    @Nullable
    private String readTextOrAbsent() throws IOException {
        if (in.remaining() >= Integer.BYTES && in.getInt(in.position()) == ABSENT) {
            in.getInt();
            return null;
        }
        return readText();
    }

    private byte[] readBlock() throws IOException {
        byte[] bytes = new byte[readLength()];
        in.get(bytes);
        return bytes;
    }

    /** A length or number; bounded by what is left, so that damaged bytes allocate nothing big. */
    private int readLength() throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "delivery: a length of %d at byte %d (expected: 0 to %d)"
                            .formatted(length, in.position() - Integer.BYTES, in.remaining()));
        }
        return length;
    }

    private static int requireVersion(int version) throws IOException {
        if (version != WebhookDeliveryWire.NOT_SHED && version != WebhookDeliveryWire.VERSION) {
            throw new IOException(
                    "delivery: version %d (expected: %d or %d)"
                            .formatted(
                                    version,
                                    WebhookDeliveryWire.NOT_SHED,
                                    WebhookDeliveryWire.VERSION));
        }
        return version;
    }

    private void requireNothingLeft() throws IOException {
        if (in.hasRemaining()) {
            throw new IOException(
                    "delivery: %d bytes after its end (expected: 0)".formatted(in.remaining()));
        }
    }
}
