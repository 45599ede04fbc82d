/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages what was valid: a few edits, each of a kind that parsers are known to stumble over. */
public final class Damage {

    private static final int MOST_EDITS = 4;
    private static final int LONGEST_RUN = 64;

    /** Lengths and numbers at the edges. */
    private static final int[] EDGES = {
        0, 1, -1, 0x7f, 0x80, 0xff, 0xffff, 1 << 20, 1 << 28, Integer.MAX_VALUE, Integer.MIN_VALUE
    };

    private static final List<String> SNIPPETS =
            List.of(
                    "\u0000",
                    "\r\n",
                    "\n",
                    "\\",
                    "\"",
                    "'",
                    "{",
                    "}",
                    "[",
                    "]",
                    "<",
                    "%",
                    "%00",
                    "%ff",
                    "&",
                    "=",
                    ",",
                    ";",
                    ":",
                    "/",
                    "../",
                    "~",
                    "-",
                    "+",
                    "1e999999",
                    "-0",
                    "99999999999999999999",
                    "\u00e9",
                    "\u20ac",
                    "\ud83d\ude00",
                    "\ud83d",
                    "\ufeff",
                    "\u202e",
                    "null",
                    "true",
                    "\t",
                    " ",
                    "#",
                    "*",
                    "!",
                    "|",
                    "${x}",
                    "\\u0000");

    private Damage() {}

    /** The bytes with one to four edits; the argument stays as it is. */
    public static byte[] of(byte[] valid, SplittableRandom random) {
        byte[] bytes = valid.clone();
        for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
            bytes = edited(bytes, random);
        }
        return bytes;
    }

    /** The text with one to four edits, among them halves of characters. */
    public static String of(String valid, SplittableRandom random) {
        StringBuilder text = new StringBuilder(valid);
        for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
            edit(text, random);
        }
        return text.toString();
    }

    /** A piece of text that means something to some parser. */
    public static String snippet(SplittableRandom random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size()));
    }

    private static byte[] edited(byte[] bytes, SplittableRandom random) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(LONGEST_RUN, bytes.length - from) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> replaced(bytes, from, Math.min(from + 1, bytes.length), random(1, random));
            case 1 -> Arrays.copyOf(bytes, from);
            case 2 -> replaced(bytes, from, to, new byte[0]);
            case 3 -> replaced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 4 -> replaced(bytes, from, from, random(random.nextInt(LONGEST_RUN), random));
            case 5 -> replaced(bytes, from, from, utf8(snippet(random)));
            default -> replaced(bytes, from, Math.min(from + 4, bytes.length), edge(random));
        };
    }

    private static void edit(StringBuilder text, SplittableRandom random) {
        int from = random.nextInt(text.length() + 1);
        int to = from + random.nextInt(Math.min(LONGEST_RUN, text.length() - from) + 1);
        switch (random.nextInt(6)) {
            case 0 -> text.insert(from, (char) random.nextInt(Character.MAX_VALUE + 1));
            case 1 -> text.setLength(from);
            case 2 -> text.delete(from, to);
            case 3 -> text.insert(from, text.substring(from, to));
            case 4 -> text.insert(from, snippet(random).repeat(1 + random.nextInt(LONGEST_RUN)));
            default -> text.replace(from, to, snippet(random));
        }
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        return ByteBuffer.allocate(bytes.length - (to - from) + by.length)
                .put(bytes, 0, from)
                .put(by)
                .put(bytes, to, bytes.length - to)
                .array();
    }

    private static byte[] random(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] edge(SplittableRandom random) {
        int edge = EDGES[random.nextInt(EDGES.length)];
        return ByteBuffer.allocate(Integer.BYTES).putInt(edge).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
