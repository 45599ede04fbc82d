/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other keys that a secret's text may have been meant for. */
final class SecretVariants {

    private static final Pattern PREFIXED = Pattern.compile("[A-Za-z]{2,12}_(.+)", Pattern.DOTALL);

    private SecretVariants() {}

    /** How a text may be read, by what to tell of it; null or a failure where it cannot be. */
    static Map<String, Function<String, byte[]>> all() {
        Map<String, Function<String, byte[]>> readings = new LinkedHashMap<>();
        readings.put("its text as it is", SecretVariants::bytes);
        readings.put(
                "its text without the blanks, line ends or quotes around it",
                text -> bytes(text.replaceAll("\\A[\\s\"']+|[\\s\"']+\\z", "")));
        readings.put("its text without the prefix", text -> bytes(withoutPrefix(text)));
        readings.put("its text decoded from base64", SecretVariants::base64);
        readings.put(
                "its text decoded from base64 after the prefix",
                text -> base64(withoutPrefix(text)));
        readings.put("its text decoded from hex", text -> HexFormat.of().parseHex(text.strip()));
        return readings;
    }

    /** Secrets as one of these readings gives them. */
    static SecretResolver reading(SecretResolver secrets, Function<String, byte[]> reading) {
        return ref -> {
            Secret secret = secrets.resolve(ref);
            try {
                byte[] bytes =
                        reading.apply(new String(secret.bytes(), StandardCharsets.ISO_8859_1));
                return Secret.of(secret.name(), bytes);
            } catch (IllegalArgumentException e) {
                // Not as the cause: its message quotes characters of the secret.
                throw new SecretUnavailableException(ref, "not readable in this way");
            }
        };
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
    }

    private static String withoutPrefix(String text) {
        Matcher matcher = PREFIXED.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no prefix");
        }
        return matcher.group(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
