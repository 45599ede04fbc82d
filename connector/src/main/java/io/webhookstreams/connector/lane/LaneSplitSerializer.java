/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Version 2, big-endian:
 *
 * <pre>
 * lane (4) · next sequence (8) · records emitted of the head (4) · number of deliveries (4)
 * · for each: kind (1) · length (4) · bytes
 * · number of loss windows (4)
 * · for each: length of the stream's name (4) · name in UTF-8 · start (8) · offered (8) · shed (8)
 * </pre>
 *
 * <p>Version 1 ends before the loss windows, and is read.
 *
 * <p>Kind 0 is the delivery's wire form. Kind 1 is reserved for its durable position in a journal,
 * which will stand in place of the bytes; this release neither writes nor reads it. Flink stores
 * the version beside the bytes.
 */
public final class LaneSplitSerializer implements SimpleVersionedSerializer<LaneSplit> {

    public static final LaneSplitSerializer INSTANCE = new LaneSplitSerializer();

    private static final int VERSION = 2;
    private static final int WITHOUT_LOSSES = 1;
    private static final byte KIND_WIRE = 0;
    private static final int FIXED_BYTES = Integer.BYTES * 4 + Long.BYTES;
    private static final int BYTES_PER_DELIVERY = 1 + Integer.BYTES;
    private static final int BYTES_PER_WINDOW = Integer.BYTES + 3 * Long.BYTES;

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
        out.putInt(split.losses().size());
        for (LossWindow window : split.losses()) {
            byte[] stream = window.stream().getBytes(StandardCharsets.UTF_8);
            out.putInt(stream.length).put(stream);
            out.putLong(window.startMillis()).putLong(window.offered()).putLong(window.shed());
        }
        return out.array();
    }

    @Override
    public LaneSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION && version != WITHOUT_LOSSES) {
            throw new IOException(
                    "lane-split: version %d (expected: %d or %d)"
                            .formatted(version, WITHOUT_LOSSES, VERSION));
        }
        try {
            return read(ByteBuffer.wrap(serialized), version);
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "lane-split: %d bytes (expected: more)".formatted(serialized.length), e);
        }
    }

    private static LaneSplit read(ByteBuffer in, int version) throws IOException {
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
        List<LossWindow> losses = version == WITHOUT_LOSSES ? List.of() : readLosses(in);
        if (in.hasRemaining()) {
            throw new IOException(
                    "lane-split: %d bytes after its end (expected: 0)".formatted(in.remaining()));
        }
        return new LaneSplit(lane, nextSequence, emittedOfHead, queue, losses);
    }

    private static byte[] readDelivery(ByteBuffer in) throws IOException {
        int kind = in.get();
        if (kind != KIND_WIRE) {
            throw new IOException(
                    "lane-split: delivery of kind %d (expected: %d)".formatted(kind, KIND_WIRE));
        }
        return readBytes(in, "delivery");
    }

    private static List<LossWindow> readLosses(ByteBuffer in) throws IOException {
        int windows = in.getInt();
        if (windows < 0) {
            throw new IOException(
                    "lane-split: %d loss windows (expected: 0 or more)".formatted(windows));
        }
        List<LossWindow> losses = new ArrayList<>();
        for (int left = windows; left > 0; left--) {
            String stream = readName(in);
            try {
                losses.add(new LossWindow(stream, in.getLong(), in.getLong(), in.getLong()));
            } catch (IllegalArgumentException e) {
                throw new IOException("lane-split: " + e.getMessage(), e);
            }
        }
        return losses;
    }

    private static String readName(ByteBuffer in) throws IOException {
        byte[] name = readBytes(in, "name");
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException("lane-split: a name that is no UTF-8", e);
        }
    }

    private static byte[] readBytes(ByteBuffer in, String what) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "lane-split: a %s of %d bytes (expected: 0 to %d)"
                            .formatted(what, length, in.remaining()));
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static int sizeOf(LaneSplit split) {
        int size = FIXED_BYTES;
        for (byte[] wire : split.queue()) {
            size = Math.addExact(size, BYTES_PER_DELIVERY + wire.length);
        }
        for (LossWindow window : split.losses()) {
            int name = window.stream().getBytes(StandardCharsets.UTF_8).length;
            size = Math.addExact(size, BYTES_PER_WINDOW + name);
        }
        return size;
    }
}
