/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** What editors, shells and JSON libraries may have made the body from. */
final class BodyVariants {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int MOST_INFLATED = 16 << 20;

    private BodyVariants() {}

    /** Other bodies, by what the sender's has and the captured one has not; none is the same. */
    static Map<String, byte[]> of(byte[] body) {
        // Every byte is a character of Latin-1.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Map<String, byte[]> variants = new LinkedHashMap<>();
        put(variants, "without the line end at its end", text.replaceAll("\\r?\\n\\z", ""), body);
        put(variants, "without the blanks around it", text.strip(), body);
        put(
                variants,
                "with a line feed at its end (curl -d removes it, --data-binary does not)",
                text + "\n",
                body);
        put(variants, "with CR LF at its end", text + "\r\n", body);
        put(
                variants,
                "without any line ends (curl -d removes them)",
                text.replaceAll("[\\r\\n]", ""),
                body);
        put(variants, "with LF in place of CR LF", text.replace("\r\n", "\n"), body);
        put(
                variants,
                "with CR LF in place of LF",
                text.replace("\r\n", "\n").replace("\n", "\r\n"),
                body);
        put(
                variants,
                "without the byte order mark at its start",
                text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text,
                body);
        put(variants, "empty", "", body);
        json(body, variants);
        inflate(body, variants);
        return variants;
    }

    private static void json(byte[] body, Map<String, byte[]> variants) {
        try {
            JSON.readTree(body);
        } catch (IOException e) {
            // No JSON: nothing of that kind to try.
            return;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String compact = spaced(text, "");
        String how = "as JSON without blanks (a tool has formatted it)";
        put(variants, how, latin1(compact), body);
        how = "as JSON without blanks, other characters escaped as \\uXXXX";
        put(variants, how, escaped(compact), body);
        put(
                variants,
                "as JSON with the blanks that Python writes",
                latin1(spaced(text, " ")),
                body);
    }

    private static void inflate(byte[] body, Map<String, byte[]> variants) {
        if (body.length < 2 || (body[0] & 0xff) != 0x1f || (body[1] & 0xff) != 0x8b) {
            return;
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            variants.put("inflated (gzip)", in.readNBytes(MOST_INFLATED));
        } catch (IOException e) {
            // Not gzip after all.
        }
    }

    /** Outside of texts no blanks but these, after each comma and colon. */
    private static String spaced(String json, String blank) {
        StringBuilder text = new StringBuilder();
        boolean inText = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText || " \t\r\n".indexOf(c) < 0) {
                text.append(c);
            }
            if (inText && c == '\\') {
                i++;
                text.append(json.charAt(i));
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText && (c == ',' || c == ':')) {
                text.append(blank);
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        StringBuilder ascii = new StringBuilder();
        text.chars().forEach(c -> ascii.append(c < 0x80 ? "" + (char) c : "\\u%04x".formatted(c)));
        return ascii.toString();
    }

    private static String latin1(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void put(
            Map<String, byte[]> variants, String how, String latin1, byte[] original) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        boolean known =
                Arrays.equals(bytes, original)
                        || variants.values().stream().anyMatch(v -> Arrays.equals(v, bytes));
        if (!known) {
            variants.put(how, bytes);
        }
    }
}
