/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import io.webhookstreams.auth.Denied.Cause;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names and values of a query or of a form body, decoded to bytes: what is no UTF-8 stays what it
 * is, so that two texts never become the same content. One thread.
 */
final class FormFields {

    static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    /** More than any vendor sends; sorting is work that a sender without a secret can order. */
    static final int MAX_FIELDS = 1000;

    private static final String NAME =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.[]-";

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Field(byte[] name, byte[] value) {}

    private final List<Field> fields;
    private byte[] sorted;

    private FormFields(List<Field> fields) {
        this.fields = fields;
    }

    /** Reads {@code a=b&c=d}; {@code where} is what messages call it. */
    static FormFields parse(String where, String text) throws RefusedException {
        List<Field> fields = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = indexOrEnd(text, '&', start, text.length());
            if (end > start) {
                int equals = indexOrEnd(text, '=', start, end);
                fields.add(
                        new Field(
                                decoded(where, text, start, equals),
                                decoded(where, text, Math.min(equals + 1, end), end)));
            }
            if (fields.size() > MAX_FIELDS) {
                throw malformed(where, "at most " + MAX_FIELDS + " fields");
            }
            start = end + 1;
        }
        return new FormFields(fields);
    }

    static boolean isMediaType(List<String> contentTypes) {
        return contentTypes.size() == 1
                && contentTypes
                        .get(0)
                        .toLowerCase(Locale.ROOT)
                        .split(";", 2)[0]
                        .strip()
                        .equals(MEDIA_TYPE);
    }

    /** All values of a name, in order; empty when there is none. */
    List<String> values(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        List<String> values = new ArrayList<>(1);
        for (Field field : fields) {
            if (Arrays.equals(field.name, wanted)) {
                values.add(new String(field.value, StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /**
     * Each name with each of its values, sorted by name and value, repetitions once. Made once;
     * nobody may change it.
     *
     * @throws RefusedException if a name is none that a vendor uses: since nothing separates names,
     *     values and what stands before, it could be something else that was signed
     */
    byte[] sorted() throws RefusedException {
        if (sorted == null) {
            requireNames();
            sorted = sort();
        }
        return sorted;
    }

    private void requireNames() throws RefusedException {
        for (Field field : fields) {
            boolean plain = field.name.length > 0;
            for (byte b : field.name) {
                plain &= NAME.indexOf(b) >= 0;
            }
            if (!plain) {
                throw malformed("body", "names of letters, digits and _ . [ ] -");
            }
        }
    }

    private byte[] sort() {
        TreeMap<byte[], SortedSet<byte[]>> byName = new TreeMap<>(Arrays::compareUnsigned);
        for (Field field : fields) {
            byName.computeIfAbsent(field.name, name -> new TreeSet<>(Arrays::compareUnsigned))
                    .add(field.value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<byte[], SortedSet<byte[]>> entry : byName.entrySet()) {
            for (byte[] value : entry.getValue()) {
                out.writeBytes(entry.getKey());
                out.writeBytes(value);
            }
        }
        return out.toByteArray();
    }

    private static byte[] decoded(String where, String text, int from, int to)
            throws RefusedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(octet(where, text, i, to));
                i += 2;
            } else if (c < ' ' || c > '~') {
                throw malformed(where, "printable ASCII");
            } else {
                bytes.write(c == '+' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }

    private static int octet(String where, String text, int percent, int to)
            throws RefusedException {
        boolean digits =
                percent + 2 < to
                        && HexFormat.isHexDigit(text.charAt(percent + 1))
                        && HexFormat.isHexDigit(text.charAt(percent + 2));
        if (!digits) {
            throw malformed(where, "two hexadecimal digits after %");
        }
        return HexFormat.fromHexDigits(text, percent + 1, percent + 3);
    }

    private static RefusedException malformed(String where, String expected) {
        return new RefusedException(
                Cause.MALFORMED_CREDENTIAL,
                where + ": malformed (expected: a form, " + expected + ")");
    }

    private static int indexOrEnd(String text, char c, int from, int end) {
        int at = from;
        // Never beyond the end: over many short fields that would be quadratic.
        while (at < end && text.charAt(at) != c) {
            at++;
        }
        return at;
    }
}
