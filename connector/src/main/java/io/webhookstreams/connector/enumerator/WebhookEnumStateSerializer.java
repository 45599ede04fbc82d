/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Version 1, big-endian: {@code lanes (4) · last epoch (8) · number of bytes (4) · assigned lanes},
 * one bit each, the lowest first. Flink stores the version beside the bytes.
 */
public final class WebhookEnumStateSerializer
        implements SimpleVersionedSerializer<WebhookEnumState> {

    public static final WebhookEnumStateSerializer INSTANCE = new WebhookEnumStateSerializer();

    private static final int VERSION = 1;
    private static final int FIXED_BYTES = Integer.BYTES * 2 + Long.BYTES;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WebhookEnumState state) {
        byte[] assigned = state.assigned().toByteArray();
        return ByteBuffer.allocate(FIXED_BYTES + assigned.length)
                .putInt(state.lanes())
                .putLong(state.lastEpoch())
                .putInt(assigned.length)
                .put(assigned)
                .array();
    }

    @Override
    public WebhookEnumState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "enumerator-state: version %d (expected: %d)".formatted(version, VERSION));
        }
        ByteBuffer in = ByteBuffer.wrap(serialized);
        try {
            int lanes = in.getInt();
            long lastEpoch = in.getLong();
            requireLength(in.getInt(), in.remaining());
            return new WebhookEnumState(lanes, assigned(in, lanes), lastEpoch);
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "enumerator-state: %d bytes (expected: more)".formatted(serialized.length), e);
        }
    }

    private static BitSet assigned(ByteBuffer in, int lanes) throws IOException {
        BitSet assigned = BitSet.valueOf(in);
        if (assigned.length() > lanes) {
            throw new IOException(
                    "enumerator-state: lane %d is assigned (expected: below %d)"
                            .formatted(assigned.length() - 1, lanes));
        }
        return assigned;
    }

    private static void requireLength(int length, int remaining) throws IOException {
        if (length != remaining) {
            throw new IOException(
                    "enumerator-state: %d bytes of lanes (expected: %d)"
                            .formatted(remaining, length));
        }
    }
}
