/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Bodies of deliveries that are sound, hard on a parser, or nothing of the kind. */
public final class Bodies {

    private static final int DEEP = 20_000;
    private static final int BOMB = 8 << 20;

    private Bodies() {}

    /** JSON with an event id of its own, or something that is hostile to a reader of JSON. */
    public static byte[] any(SplittableRandom random) {
        String id = Long.toHexString(random.nextLong());
        String sound = "{\"id\":\"fuzz_" + id + "\",\"type\":\"order.paid\",\"created\":";
        return switch (random.nextInt(10)) {
            case 0, 1 -> utf8(sound + "\"2026-03-01T10:00:00Z\"}");
            case 2 -> utf8(sound + "\"+999999999-01-01T00:00:00Z\"}");
            case 3 -> utf8(sound + "1" + "0".repeat(random.nextInt(5_000)) + "}");
            case 4 -> utf8("{\"id\":" + "[".repeat(DEEP));
            case 5 -> utf8("{\"a\":".repeat(DEEP));
            case 6 -> new byte[0];
            case 7 -> new byte[random.nextInt(1 << 16)];
            default -> Damage.of(utf8(sound + "1}"), random);
        };
    }

    /** As the coding says, or nearly; for a coding that is not known the bytes as they are. */
    public static byte[] coded(byte[] body, String coding, SplittableRandom random) {
        byte[] coded =
                switch (coding) {
                    case "gzip" -> random.nextInt(8) == 0 ? gzip(new byte[BOMB]) : gzip(body);
                    case "deflate" -> deflate(body);
                    default -> body;
                };
        return random.nextInt(3) == 0 ? Damage.of(coded, random) : coded;
    }

    /** So many zeros, which are a thousandth of that when compressed. */
    public static byte[] bomb(int bytes) {
        return gzip(new byte[bytes]);
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(out)) {
            deflate.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
