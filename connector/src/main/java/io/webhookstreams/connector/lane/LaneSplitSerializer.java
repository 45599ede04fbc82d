/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Version 1, big-endian:
 *
 * <pre>
 * lane (4) · next sequence (8) · records emitted of the head (4) · number of deliveries (4)
 * · for each: kind (1) · length (4) · bytes
 * </pre>
 *
 * <p>Kind 0 is the delivery's wire form. Kind 1 is reserved for its durable position in a journal,
 * which will stand in place of the bytes; this release neither writes nor reads it. Flink stores
 * the version beside the bytes.
 */
public final class LaneSplitSerializer implements SimpleVersionedSerializer<LaneSplit> {

    public static final LaneSplitSerializer INSTANCE = new LaneSplitSerializer();

    private static final int VERSION = 1;
    private static final byte KIND_WIRE = 0;
    private static final int FIXED_BYTES = Integer.BYTES * 3 + Long.BYTES;
    private static final int BYTES_PER_DELIVERY = 1 + Integer.BYTES;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LaneSplit split) {
        ByteBuffer out = ByteBuffer.allocate(sizeOf(split));
        out.putInt(split.lane())
                .putLong(split.nextSequence())
                .putInt(split.emittedOfHead())
                .putInt(split.queue().size());
        for (byte[] wire : split.queue()) {
            out.put(KIND_WIRE).putInt(wire.length).put(wire);
        }
        return out.array();
    }

    @Override
    public LaneSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "lane-split: version %d (expected: %d)".formatted(version, VERSION));
        }
        try {
            return read(ByteBuffer.wrap(serialized));
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "lane-split: %d bytes (expected: more)".formatted(serialized.length), e);
        }
    }

    private static LaneSplit read(ByteBuffer in) throws IOException {
        int lane = in.getInt();
        long nextSequence = in.getLong();
        int emittedOfHead = in.getInt();
        List<byte[]> queue = new ArrayList<>();
        int deliveries = in.getInt();
        if (deliveries < 0) {
            throw new IOException(
                    "lane-split: %d deliveries (expected: 0 or more)".formatted(deliveries));
        }
        for (int left = deliveries; left > 0; left--) {
            queue.add(readDelivery(in));
        }
        if (in.hasRemaining()) {
            throw new IOException(
                    "lane-split: %d bytes after its end (expected: 0)".formatted(in.remaining()));
        }
        return new LaneSplit(lane, nextSequence, emittedOfHead, queue);
    }

    private static byte[] readDelivery(ByteBuffer in) throws IOException {
        int kind = in.get();
        if (kind != KIND_WIRE) {
            throw new IOException(
                    "lane-split: delivery of kind %d (expected: %d)".formatted(kind, KIND_WIRE));
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "lane-split: a delivery of %d bytes (expected: 0 to %d)"
                            .formatted(length, in.remaining()));
        }
        byte[] wire = new byte[length];
        in.get(wire);
        return wire;
    }

    private static int sizeOf(LaneSplit split) {
        int size = FIXED_BYTES;
        for (byte[] wire : split.queue()) {
            size = Math.addExact(size, BYTES_PER_DELIVERY + wire.length);
        }
        return size;
    }
}
