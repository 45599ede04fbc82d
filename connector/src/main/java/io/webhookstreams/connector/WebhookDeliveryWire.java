/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a delivery: the same in a lane's state, between operators and in keyed state. They
 * are written once, on the thread that builds the delivery, and kept with it, so that a checkpoint
 * and a serializer copy a block. Lane and sequence stand at fixed places, because a delivery gets
 * them last, when it is appended.
 *
 * <pre>
 * version 1 (1 byte) · lane (4) · sequence (8) · delivery id (16) · received-at, ms (8) · sampling rate (8)
 * · event time present (1) [· seconds (8) · nanos (4)] · body digest (block) · body (block)
 * · stream · method · path · auth scheme · secret name (texts)
 * · query · content type · charset · remote address · event id · event type · account
 * · correlation id · traceparent (texts or absent)
 * · headers: number, then for each its name, number of values, values (texts), names in order
 * </pre>
 *
 * <p>Version 2 is the record of a delivery that was shed, and nothing else is written as such: the
 * same with an empty body and no headers, then the length that the body had (4) and the reason
 * (text).
 *
 * <p>Numbers are big-endian. A block is its length (4 bytes) and the bytes, a text a block of
 * UTF-8, an absent text has length -1.
 */
@Internal
public final class WebhookDeliveryWire {

    /** The newest version; every released version stays readable. */
    public static final int VERSION = 2;

    /** The version of whatever was not shed. */
    static final int NOT_SHED = 1;

    private static final int LANE_AT = 1;
    private static final int SEQUENCE_AT = LANE_AT + Integer.BYTES;

    /** After the sequence, the delivery id and received-at. */
    private static final int SAMPLING_RATE_AT = SEQUENCE_AT + 4 * Long.BYTES;

    /** The wire form, not to be changed. */
    public static byte[] bytesOf(WebhookDelivery delivery) {
        return delivery.wire();
    }

    /** A copy, for {@link #append} to complete. */
    public static byte[] copyOf(WebhookDelivery delivery) {
        return delivery.wire().clone();
    }

    /**
     * The wire form itself, for {@link #append} to complete: only of a delivery that was built for
     * that, because nobody may look at it afterwards.
     */
    public static byte[] takenFrom(WebhookDelivery draft) {
        return draft.wire();
    }

    /** Writes lane and sequence into a wire form that nobody else sees yet. */
    public static void append(byte[] wire, int lane, long sequence) {
        ByteBuffer.wrap(wire).putInt(LANE_AT, lane).putLong(SEQUENCE_AT, sequence);
    }

    /** The sequence in a wire form. */
    public static long sequenceOf(byte[] wire) {
        return ByteBuffer.wrap(wire).getLong(SEQUENCE_AT);
    }

    /**
     * Writes a sampling rate into a delivery that was built for {@link #takenFrom}: nobody else has
     * seen it yet, and its own {@link WebhookDelivery#samplingRate()} does not change any more.
     */
    public static void sampled(WebhookDelivery draft, double rate) {
        ByteBuffer.wrap(draft.wire()).putDouble(SAMPLING_RATE_AT, rate);
    }

    /**
     * The wire form of the record that this delivery was shed, for {@link #append} to complete.
     *
     * @param rate the part that is kept
     */
    public static byte[] shedOf(WebhookDelivery draft, double rate, String reason) {
        return WebhookDelivery.builder().stream(draft.stream())
                .deliveryId(draft.deliveryId())
                .receivedAt(draft.receivedAt())
                .method(draft.method())
                .path(draft.path())
                .bodyDigest(draft.bodyDigest())
                .remoteAddress(draft.remoteAddress())
                .authScheme(draft.authScheme())
                .secretName(draft.secretName())
                .eventId(draft.eventId())
                .eventType(draft.eventType())
                .eventTime(draft.eventTime())
                .account(draft.account())
                .correlationId(draft.correlationId())
                .traceparent(draft.traceparent())
                .samplingRate(rate)
                .shed(reason, draft.bodyBytes())
                .build()
                .wire();
    }

    /** The name of the stream in a wire form of any released version; empty where none is there. */
    public static String streamOf(byte[] wire) {
        return WireReader.streamOf(wire);
    }

    /**
     * Reads a wire form of any released version and keeps it, so the caller must not change it.
     *
     * @throws IOException for an unknown version, and when bytes are missing or left over
     */
    public static WebhookDelivery read(byte[] wire) throws IOException {
        return new WireReader(wire).read();
    }

    static byte[] encode(WebhookDelivery delivery) {
        return new WireWriter(delivery).write();
    }

    private WebhookDeliveryWire() {}
}
