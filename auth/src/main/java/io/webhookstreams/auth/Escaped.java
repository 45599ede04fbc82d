/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Foreign bytes as printable ASCII that tells every byte, cut at a limit, with their length. */
final class Escaped {

    private Escaped() {}

    /** Characters beyond Latin-1 are told as UTF-8. */
    static String text(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder();
        int shown = append(line, bytes, most);
        return shown == bytes.length ? line.toString() : line + cut(bytes.length);
    }

    /** Pieces as one, in quotes. */
    static String bytes(List<byte[]> pieces, int most) {
        StringBuilder line = new StringBuilder("\"");
        int total = 0;
        int shown = 0;
        for (byte[] piece : pieces) {
            shown += append(line, piece, most - shown);
            total += piece.length;
        }
        line.append('"');
        return shown == total ? line + " (" + total + " bytes)" : line + cut(total);
    }

    private static String cut(int total) {
        return "... (" + total + " bytes)";
    }

    private static int append(StringBuilder line, byte[] bytes, int most) {
        int shown = Math.min(bytes.length, most);
        for (int i = 0; i < shown; i++) {
            char c = (char) (bytes[i] & 0xff);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case '\\' -> line.append("\\\\");
                default ->
                        line.append(c >= ' ' && c <= '~' ? "" + c : "\\x%02x".formatted((int) c));
            }
        }
        return shown;
    }
}
