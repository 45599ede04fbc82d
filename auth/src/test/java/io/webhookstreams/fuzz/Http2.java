/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Connections over HTTP/2 in clear as hostile clients open them: a preface, and then frames in any
 * order, among them floods of those that cost a server more than its client (RFC 9113, 10.5).
 */
public final class Http2 {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PUSH_PROMISE = 5;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int END_BOTH = END_STREAM | END_HEADERS;
    private static final int MOST_FRAMES = 30;

    /** Less than servers take at once, more than they would like. */
    private static final int FLOOD = 500;

    private final String path;
    private final String token;

    /**
     * Of connections to one stream.
     *
     * @param path the stream's
     * @param token what is presented by those requests that are authenticated
     */
    public Http2(String path, String token) {
        this.path = path;
        this.token = token;
    }

    /** Everything that the client sends on one connection. */
    public byte[] connection(SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(latin(random.nextInt(20) == 0 ? Damage.of(PREFACE, random) : PREFACE));
        out.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        int stream = 1;
        for (int left = 1 + random.nextInt(MOST_FRAMES); left > 0; left--) {
            byte[] frames = frames(stream, random);
            out.writeBytes(random.nextInt(12) == 0 ? Damage.of(frames, random) : frames);
            stream += random.nextInt(10) == 0 ? random.nextInt(-3, 4) : 2;
        }
        out.writeBytes(frame(GOAWAY, 0, 0, new byte[8]));
        return out.toByteArray();
    }

    private byte[] frames(int stream, SplittableRandom random) {
        return switch (random.nextInt(16)) {
            case 0 -> frame(SETTINGS, random.nextInt(2), 0, bytes(random.nextInt(60), random));
            case 1 -> flood(frame(PING, 0, 0, new byte[8]), random);
            case 2 -> flood(frame(SETTINGS, 0, 0, new byte[] {0, 1, 0, 0, 0, 0}), random);
            case 3 -> frame(WINDOW_UPDATE, 0, stream, word(random.nextInt()));
            case 4 -> frame(PRIORITY, 0, stream, bytes(5, random));
            case 5 -> frame(PUSH_PROMISE, END_HEADERS, stream, bytes(20, random));
            case 6 -> rapidReset(stream, random);
            case 7 -> continuations(stream, random);
            case 8 -> frame(HEADERS, END_BOTH, stream, bomb());
            case 9 -> frame(HEADERS, random.nextInt(256), stream, bytes(40, random));
            case 10 -> frame(random.nextInt(256), random.nextInt(256), stream, bytes(30, random));
            case 11 -> frame(DATA, random.nextInt(16), stream, bytes(random.nextInt(900), random));
            default -> post(stream, random);
        };
    }

    /** A request with its body, or with one that does not fit. */
    private byte[] post(int stream, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(HEADERS, END_HEADERS, stream, fields(random)));
        byte[] body = Bodies.any(random);
        int piece = Math.min(body.length, 1 << 14);
        for (int at = 0; at + piece < body.length; at += piece) {
            out.writeBytes(frame(DATA, 0, stream, copy(body, at, piece)));
        }
        out.writeBytes(frame(DATA, END_STREAM, stream, copy(body, body.length - piece, piece)));
        return out.toByteArray();
    }

    private byte[] rapidReset(int stream, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] fields = fields(random);
        for (int i = 0; i < FLOOD; i++) {
            int next = stream + 2 * i;
            out.writeBytes(frame(HEADERS, END_HEADERS, next, fields));
            out.writeBytes(frame(RST_STREAM, 0, next, word(8)));
        }
        return out.toByteArray();
    }

    /** Headers that do not end. */
    private byte[] continuations(int stream, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(frame(HEADERS, END_STREAM, stream, fields(random)));
        byte[] more = field("x-" + Damage.snippet(random).length(), "y".repeat(100));
        for (int i = random.nextInt(FLOOD); i > 0; i--) {
            out.writeBytes(
                    frame(CONTINUATION, 0, stream, random.nextBoolean() ? more : new byte[0]));
        }
        return out.toByteArray();
    }

    /** One large field put into the table, and then referred to by one byte again and again. */
    private byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x40);
        string(out, "x-bomb");
        string(out, "z".repeat(3_000));
        for (int i = 0; i < 8_000; i++) {
            out.write(0x80 | 62);
        }
        return out.toByteArray();
    }

    private byte[] fields(SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, ":method", random.nextInt(8) == 0 ? Damage.of("POST", random) : "POST");
        field(out, ":scheme", random.nextInt(20) == 0 ? Damage.snippet(random) : "http");
        field(out, ":path", random.nextInt(8) == 0 ? Damage.of(path, random) : path);
        if (random.nextInt(10) > 0) {
            field(out, ":authority", "x");
        }
        if (random.nextBoolean()) {
            field(out, "authorization", "Bearer " + token);
        }
        if (random.nextInt(8) == 0) {
            field(out, Damage.of("content-length", random), Damage.of("12", random));
        }
        return out.toByteArray();
    }

    private static byte[] field(String name, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, name, value);
        return out.toByteArray();
    }

    /** A literal that is not put into the table (RFC 7541, 6.2.2). */
    private static void field(ByteArrayOutputStream out, String name, String value) {
        out.write(0);
        string(out, name);
        string(out, value);
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int prefix = 127;
        if (bytes.length < prefix) {
            out.write(bytes.length);
        } else {
            out.write(prefix);
            int rest = bytes.length - prefix;
            for (; rest >= 0x80; rest >>>= 7) {
                out.write((rest & 0x7f) | 0x80);
            }
            out.write(rest);
        }
        out.writeBytes(bytes);
    }

    private static byte[] flood(byte[] frame, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = random.nextInt(FLOOD); i > 0; i--) {
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] bytes(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] copy(byte[] bytes, int from, int length) {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
