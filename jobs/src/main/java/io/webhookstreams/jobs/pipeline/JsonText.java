/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** JSON as bytes: whether they are a JSON text, and the same text on one line. */
final class JsonText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonText() {}

    /**
     * Why these bytes are not one JSON text in UTF-8 (RFC 8259), or nothing if they are. The text
     * quotes nothing of the bytes.
     */
    static Optional<String> problem(byte[] bytes) {
        try {
            return problem(decode(bytes));
        } catch (CharacterCodingException e) {
            return Optional.of("body: not UTF-8 (expected: JSON in UTF-8)");
        } catch (JsonProcessingException e) {
            return Optional.of(
                    "body: not JSON at character %s (expected: one JSON value)"
                            .formatted(position(e)));
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    private static Optional<String> problem(CharBuffer text) throws IOException {
        try (JsonParser parser =
                JSON.createParser(
                        text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            if (parser.nextToken() == null) {
                return Optional.of("body: empty (expected: one JSON value)");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                return Optional.of("body: more than one JSON value (expected: one)");
            }
            return Optional.empty();
        }
    }

    /**
     * A valid JSON text without the white space between its tokens; nothing else changes, neither
     * the digits of a number nor the escapes of a string.
     */
    static String onOneLine(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder(text.length());
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString && c == '\\') {
                line.append(c).append(text.charAt(++i));
                continue;
            }
            inString ^= c == '"';
            if (inString || !isSpace(c)) {
                line.append(c);
            }
        }
        return line.toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == BYTE_ORDER_MARK;
    }

    private static CharBuffer decode(byte[] bytes) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        if (text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK) {
            text.get();
        }
        return text;
    }

    private static String position(JsonProcessingException e) {
        return e.getLocation() == null
                ? "unknown"
                : Long.toString(e.getLocation().getCharOffset() + 1);
    }
}
