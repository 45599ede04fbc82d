/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One kind of request that is answered at once and is no event. It is for a request where all of
 * {@code method}, {@code equal}, {@code present}, {@code absent} and {@code only} hold.
 *
 * @param method GET, POST or OPTIONS
 * @param equal fields, in the words of {@link FieldSource}, and the one value of each
 * @param present fields that are there
 * @param absent fields that are not there
 * @param only the body is a JSON object without other members; empty for any body
 * @param bodies which bodies are looked into; null for {@link Bodies#SMALL}
 * @param signed whether it comes signed as events do, and is answered only then
 * @param check the field that holds the configured verify token; null for none
 * @param fetch the field with a URL that is fetched before it is answered, by the stream's verifier
 *     and only where the configuration allows it; null for none
 * @param token the field whose value comes back or is signed; null for none
 * @param reply what is answered
 */
public record HandshakeRule(
        String method,
        Map<String, String> equal,
        List<FieldSource> present,
        List<FieldSource> absent,
        List<String> only,
        Bodies bodies,
        boolean signed,
        FieldSource check,
        FieldSource fetch,
        FieldSource token,
        Reply reply)
        implements Serializable {

    /** Stands for the token in a reply. */
    public static final String TOKEN = "{token}";

    /**
     * Stands for the token's MAC by the stream's secret, written as the vendor's signatures are.
     */
    public static final String MAC = "{mac}";

    /** Stands, in a header, for the requests a minute that the stream grants. */
    public static final String RATE = "{rate}";

    /** What is said where it grants any number; see CloudEvents' web hook specification, 4.2. */
    static final String ANY_RATE = "*";

    /** Which bodies are looked into for a handshake. */
    public enum Bodies {
        /**
         * Those of at most {@link Handshakes#MAX_BODY} bytes without a content coding: another may
         * be an event.
         */
        @JsonProperty("small")
        SMALL,
        /** All that are signed: such a request must never become an event. */
        @JsonProperty("all")
        ALL
    }

    private static final Set<String> METHODS = Set.of("GET", "POST", "OPTIONS");

    public HandshakeRule {
        Objects.requireNonNull(reply, "handshake.reply");
        equal = copy(equal);
        bodies = bodies == null ? Bodies.SMALL : bodies;
        present = present == null ? List.of() : List.copyOf(present);
        absent = absent == null ? List.of() : List.copyOf(absent);
        only = only == null ? List.of() : List.copyOf(only);
        equal.keySet().forEach(FieldSource::parse);
        if (!METHODS.contains(method)) {
            throw new IllegalArgumentException(
                    "handshake.method: " + method + " (expected: GET, POST or OPTIONS)");
        }
        if (!signed && (bodies == Bodies.ALL || fetch != null)) {
            throw new IllegalArgumentException(
                    "handshake.signed: false (expected: true with bodies: all and with fetch)");
        }
        if (equal.isEmpty() && present.isEmpty()) {
            throw new IllegalArgumentException(
                    "handshake: every " + method + " (expected: equal or present)");
        }
        if (token == null && reply.texts().anyMatch(text -> isToken(text) || isMac(text))) {
            throw new IllegalArgumentException("handshake.token: none (expected: one, for reply)");
        }
    }

    /** Whether its answer is made with the stream's own secret. */
    boolean isComputed() {
        return reply.texts().anyMatch(HandshakeRule::isMac);
    }

    /** Whether a request of this kind must never become an event. */
    boolean isNeverAnEvent() {
        return bodies == Bodies.ALL;
    }

    static boolean isToken(String text) {
        return text.equals(TOKEN);
    }

    static boolean isMac(String text) {
        return text.endsWith(MAC);
    }

    private static <V> Map<String, V> copy(Map<String, V> map) {
        return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }

    /**
     * What is answered: text, a JSON object, or nothing. A value is {@link #TOKEN}, ends with
     * {@link #MAC}, or is meant as it stands.
     *
     * @param status the status of the answer
     * @param text a body of plain text; null for none
     * @param json a body of JSON, texts and whole numbers by name; empty for none
     * @param headers more headers, which are never made of text from a request; {@link #RATE} is
     *     filled in
     */
    public record Reply(
            int status, String text, Map<String, Object> json, Map<String, String> headers)
            implements Serializable {

        public Reply {
            json = copy(json);
            headers = copy(headers);
            if (status < 200 || status > 299) {
                throw new IllegalArgumentException(
                        "handshake.reply.status: " + status + " (expected: 200 to 299)");
            }
            if (text != null && !json.isEmpty()) {
                throw new IllegalArgumentException(
                        "handshake.reply: text and json (expected: one of them, or none)");
            }
            if (headers.values().stream()
                    .anyMatch(value -> value.contains("{") && !value.equals(RATE))) {
                throw new IllegalArgumentException(
                        "handshake.reply.headers: a template (expected: fixed values or "
                                + RATE
                                + ")");
            }
            if (!json.values().stream()
                    .allMatch(v -> v instanceof String || v instanceof Integer)) {
                throw new IllegalArgumentException(
                        "handshake.reply.json: nested (expected: texts and whole numbers)");
            }
        }

        private Stream<String> texts() {
            Stream<String> inJson =
                    json.values().stream().filter(String.class::isInstance).map(String.class::cast);
            return text == null ? inJson : Stream.of(text);
        }
    }
}
