/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

import javax.annotation.Nullable;

/**
 * The streams of a configuration as bytes, big-endian: {@code number of streams (4)}, and of each
 * its {@code name · number of options (4)} and each one's {@code key · value}. Texts are UTF-8 with
 * their number of bytes (4) before them. Names and keys ascend. Part of the enumerator's state.
 */
final class ConfigurationBytes {

    private ConfigurationBytes() {}

    /**
     * Writes.
     *
     * @param streams sorted, with options that are sorted
     */
    static byte[] of(Map<String, Map<String, String>> streams) {
        DataOutputSerializer out = new DataOutputSerializer(256);
        try {
            out.writeInt(streams.size());
            for (var stream : streams.entrySet()) {
                write(out, stream.getKey());
                out.writeInt(stream.getValue().size());
                for (var option : stream.getValue().entrySet()) {
                    write(out, option.getKey());
                    write(out, option.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.getCopyOfBuffer();
    }

    static byte[] digest(Map<String, Map<String, String>> streams) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(of(streams));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Reads what {@link #of} wrote, and nothing behind it.
     *
     * @throws java.nio.BufferUnderflowException if bytes are missing
     * @throws IOException if they are damaged otherwise
     */
    static Map<String, Map<String, String>> read(ByteBuffer in) throws IOException {
        Map<String, Map<String, String>> streams = new TreeMap<>();
        for (int left = count(in); left > 0; left--) {
            String name = text(in);
            Map<String, String> options = new TreeMap<>();
            for (int more = count(in); more > 0; more--) {
                String key = text(in);
                once(options.put(key, text(in)), key);
            }
            once(streams.put(name, options), name);
        }
        return streams;
    }

    private static void write(DataOutputSerializer out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static int count(ByteBuffer in) throws IOException {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IOException(
                    "enumerator-state: %d texts (expected: 0 to %d)"
                            .formatted(count, in.remaining()));
        }
        return count;
    }

    private static String text(ByteBuffer in) throws IOException {
        byte[] bytes = new byte[count(in)];
        in.get(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "enumerator-state: a text of %d bytes (expected: UTF-8)"
                            .formatted(bytes.length),
                    e);
        }
    }

    private static void once(@Nullable Object before, String name) throws IOException {
        if (before != null) {
            throw new IOException("enumerator-state: " + name + " twice (expected: once)");
        }
    }
}
