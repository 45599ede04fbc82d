/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.BitSet;

import javax.annotation.Nullable;

/**
 * Version 2, big-endian: {@code lanes (4) · last epoch (8) · number of bytes (4) · assigned lanes},
 * one bit each, the lowest first; then {@code 0 (1)}, or {@code 1 (1) · number (8)} and the streams
 * of a configuration that is reloaded ({@link ConfigurationBytes}). Version 1 ends with the lanes.
 * Flink stores the version beside the bytes.
 */
public final class WebhookEnumStateSerializer
        implements SimpleVersionedSerializer<WebhookEnumState> {

    public static final WebhookEnumStateSerializer INSTANCE = new WebhookEnumStateSerializer();

    private static final int VERSION = 2;
    private static final int WITHOUT_CONFIGURATION = 1;
    private static final int FIXED_BYTES = Integer.BYTES * 2 + Long.BYTES;
    private static final byte NO_CONFIGURATION = 0;
    private static final byte CONFIGURATION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(WebhookEnumState state) {
        byte[] assigned = state.assigned().toByteArray();
        byte[] configuration = bytes(state.configuration());
        return ByteBuffer.allocate(FIXED_BYTES + assigned.length + configuration.length)
                .putInt(state.lanes())
                .putLong(state.lastEpoch())
                .putInt(assigned.length)
                .put(assigned)
                .put(configuration)
                .array();
    }

    private static byte[] bytes(@Nullable ConfigurationVersion configuration) {
        if (configuration == null) {
            return new byte[] {NO_CONFIGURATION};
        }
        byte[] streams = ConfigurationBytes.of(configuration.streams());
        return ByteBuffer.allocate(Byte.BYTES + Long.BYTES + streams.length)
                .put(CONFIGURATION)
                .putLong(configuration.number())
                .put(streams)
                .array();
    }

    @Override
    public WebhookEnumState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION && version != WITHOUT_CONFIGURATION) {
            throw new IOException(
                    "enumerator-state: version %d (expected: %d or %d)"
                            .formatted(version, WITHOUT_CONFIGURATION, VERSION));
        }
        ByteBuffer in = ByteBuffer.wrap(serialized);
        try {
            int lanes = in.getInt();
            long lastEpoch = in.getLong();
            BitSet assigned = assigned(in, lanes);
            ConfigurationVersion configuration =
                    version == WITHOUT_CONFIGURATION ? null : configuration(in);
            requireEnd(in);
            return new WebhookEnumState(lanes, assigned, lastEpoch, configuration);
        } catch (BufferUnderflowException e) {
            throw new IOException(
                    "enumerator-state: %d bytes (expected: more)".formatted(serialized.length), e);
        }
    }

    private static BitSet assigned(ByteBuffer in, int lanes) throws IOException {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IOException(
                    "enumerator-state: %d bytes of lanes (expected: %d)"
                            .formatted(in.remaining(), length));
        }
        BitSet assigned = BitSet.valueOf(in.slice().limit(length));
        in.position(in.position() + length);
        if (assigned.length() > lanes) {
            throw new IOException(
                    "enumerator-state: lane %d is assigned (expected: below %d)"
                            .formatted(assigned.length() - 1, lanes));
        }
        return assigned;
    }

    @Nullable
    private static ConfigurationVersion configuration(ByteBuffer in) throws IOException {
        byte present = in.get();
        return switch (present) {
            case NO_CONFIGURATION -> null;
            case CONFIGURATION ->
                    new ConfigurationVersion(in.getLong(), ConfigurationBytes.read(in));
            default ->
                    throw new IOException(
                            "enumerator-state: configuration %d (expected: 0 or 1)"
                                    .formatted(present));
        };
    }

    private static void requireEnd(ByteBuffer in) throws IOException {
        if (in.hasRemaining()) {
            throw new IOException(
                    "enumerator-state: %d bytes more (expected: none)".formatted(in.remaining()));
        }
    }
}
