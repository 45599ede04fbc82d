/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Function;

/** Decodes a secret's text. Messages tell lengths, never characters. */
final class KeyBytes {

    private static final String BEGIN = "-----BEGIN ";

    private KeyBytes() {}

    /** The bytes of a key that stands in one line. */
    static byte[] decode(SecretRef ref, Secret secret, SignatureScheme.Key rule)
            throws SecretUnavailableException {
        byte[] text = withoutPrefix(secret.bytes(), rule.strip());
        byte[] key =
                switch (rule.decode()) {
                    case UTF8, CERT -> text;
                    case BASE64, SPKI64 -> decoded(ref, rule, Base64.getDecoder()::decode, text);
                    case HEX -> decoded(ref, rule, HexFormat.of()::parseHex, text);
                    case PEM -> pem(ref, text, "PUBLIC KEY");
                };
        if (key.length == 0) {
            throw new SecretUnavailableException(ref, "0 bytes of key (expected: at least 1)");
        }
        return key;
    }

    /** The bytes of one block of that label; text around it is ignored (RFC 7468). */
    static byte[] pem(SecretRef ref, byte[] bytes, String label) throws SecretUnavailableException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String begin = BEGIN + label + "-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END " + label + "-----", Math.max(start, 0));
        if (start < 0 || end < 0) {
            throw notPem(ref, bytes, label);
        }
        try {
            return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message quotes characters of the secret.
            throw notPem(ref, bytes, label);
        }
    }

    private static SecretUnavailableException notPem(SecretRef ref, byte[] bytes, String label) {
        return new SecretUnavailableException(
                ref, bytes.length + " bytes (expected: PEM with a block " + label + ")");
    }

    private static byte[] decoded(
            SecretRef ref, SignatureScheme.Key rule, Function<String, byte[]> decoder, byte[] text)
            throws SecretUnavailableException {
        try {
            return decoder.apply(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            // Not as the cause: its message quotes characters of the secret.
            throw new SecretUnavailableException(
                    ref,
                    text.length
                            + " characters (expected: "
                            + (rule.strip().isEmpty() ? "" : rule.strip() + " and then ")
                            + rule.decode()
                            + ")");
        }
    }

    private static byte[] withoutPrefix(byte[] text, String prefix) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        boolean there =
                text.length >= start.length
                        && Arrays.equals(text, 0, start.length, start, 0, start.length);
        return there ? Arrays.copyOfRange(text, start.length, text.length) : text;
    }
}
