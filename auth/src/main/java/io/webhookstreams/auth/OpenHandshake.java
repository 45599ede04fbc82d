/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.auth.Denied.Cause;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A {@link HandshakeRule}, compiled, with what proves and signs. Safe from any thread. */
final class OpenHandshake {

    /** More than any vendor's challenge takes. */
    static final int MAX_ECHO = 1024;

    /** What a secret signs here must never be what a vendor signs as an event. */
    static final Pattern SIGNABLE = Pattern.compile("[A-Za-z0-9+/=_-]{1,256}");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] EMPTY = {};

    private final HandshakeRule rule;
    private final List<Equal> equal;
    private final List<Field> present;
    private final List<Field> absent;
    private final Field token;
    private final Set<String> only;
    private final Verifier check;
    private final Verifier events;
    private final Field fetch;
    private final boolean mayFetch;
    private final Map<String, String> headers;

    private record Equal(Field field, String value) {}

    /**
     * Compiles a rule.
     *
     * @param check proves the verify token; null where the rule has none
     * @param events the stream's verifier, whose secret makes computed answers, and who fetches
     * @param mayFetch whether URLs may be fetched
     * @param perMinute requests a minute that it grants; null for any number
     */
    OpenHandshake(
            HandshakeRule rule,
            Verifier check,
            Verifier events,
            boolean mayFetch,
            Integer perMinute) {
        this.rule = rule;
        this.equal =
                rule.equal().entrySet().stream()
                        .map(e -> new Equal(new Field(FieldSource.parse(e.getKey())), e.getValue()))
                        .toList();
        this.present = rule.present().stream().map(Field::new).toList();
        this.absent = rule.absent().stream().map(Field::new).toList();
        this.token = rule.token() == null ? null : new Field(rule.token());
        this.only = new HashSet<>(rule.only());
        this.check = check;
        this.events = events;
        this.fetch = rule.fetch() == null ? null : new Field(rule.fetch());
        this.mayFetch = mayFetch;
        this.headers = granting(rule.reply().headers(), perMinute);
    }

    private static Map<String, String> granting(Map<String, String> headers, Integer perMinute) {
        String rate = perMinute == null ? HandshakeRule.ANY_RATE : perMinute.toString();
        Map<String, String> granting = new LinkedHashMap<>(headers);
        granting.replaceAll((name, value) -> value.equals(HandshakeRule.RATE) ? rate : value);
        return Collections.unmodifiableMap(granting);
    }

    String method() {
        return rule.method();
    }

    boolean isSigned() {
        return rule.signed();
    }

    boolean isNeverAnEvent() {
        return rule.isNeverAnEvent();
    }

    /** Whether the body has a say in whether a request is one. */
    boolean asksBody() {
        return !only.isEmpty()
                || equal.stream().anyMatch(one -> one.field.needsBody())
                || Stream.concat(present.stream(), absent.stream()).anyMatch(Field::needsBody);
    }

    void refresh() {
        if (check != null) {
            check.refresh();
        }
    }

    /** Whether the request may be one, as far as the headers tell. */
    boolean mayBe(RequestFields fields) {
        return holds(fields, false);
    }

    /** Whether the request is one. */
    boolean is(RequestFields fields) {
        return holds(fields, true);
    }

    /**
     * Answers a request that is one.
     *
     * @param secretName of the secret that signed the request; null for none
     */
    HandshakeResult answer(RequestFields fields, String secretName) {
        if (check != null && check.verify(fields.request()) instanceof Denied denied) {
            return new HandshakeResult.Unproven(denied);
        }
        if (fetch != null) {
            return fetched(fields);
        }
        String value = null;
        if (token != null) {
            value = tokenOf(fields);
            if (value == null) {
                return new HandshakeResult.Malformed(expected());
            }
        }
        String mac = null;
        if (rule.isComputed()) {
            mac = events.macOf(value, secretName);
            if (mac == null) {
                return new HandshakeResult.Unproven(
                        new Denied(Cause.SECRET_UNAVAILABLE, "secrets: none readable"));
            }
        }
        return reply(value, mac);
    }

    /** Answered when the vendor knows, not before: otherwise it would never ask again. */
    private HandshakeResult fetched(RequestFields fields) {
        try {
            return switch (events.confirm(fields.request(), fetch.value(fields), mayFetch)) {
                case DONE -> reply(null, null);
                case PENDING -> new HandshakeResult.Later("its URL is being fetched");
                case FAILED -> new HandshakeResult.Later("its URL could not be fetched");
                case NOT_ALLOWED ->
                        new HandshakeResult.Malformed(
                                "handshake: not answered here (expected: somebody confirms it)");
                case REFUSED ->
                        new HandshakeResult.Malformed(
                                "handshake: another URL (expected: the vendor's own)");
            };
        } catch (RefusedException e) {
            return new HandshakeResult.Malformed(
                    "handshake: no URL (expected: one at " + rule.fetch() + ")");
        }
    }

    private boolean holds(RequestFields fields, boolean withBody) {
        try {
            return rule.method().equals(fields.request().method())
                    && (!withBody || only.isEmpty() || hasOnly(fields.json()))
                    && allEqual(fields, withBody)
                    && allThere(present, true, fields, withBody)
                    && allThere(absent, false, fields, withBody);
        } catch (RefusedException e) {
            return false;
        }
    }

    private boolean allEqual(RequestFields fields, boolean withBody) throws RefusedException {
        for (Equal one : equal) {
            boolean asked = withBody || !one.field.needsBody();
            if (asked && !one.field.value(fields).equals(one.value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allThere(
            List<Field> those, boolean wanted, RequestFields fields, boolean withBody)
            throws RefusedException {
        for (Field field : those) {
            boolean asked = withBody || !field.needsBody();
            if (asked && field.isIn(fields) != wanted) {
                return false;
            }
        }
        return true;
    }

    private boolean hasOnly(JsonNode root) {
        boolean fits = root.isObject();
        for (var names = root.fieldNames(); fits && names.hasNext(); ) {
            fits = only.contains(names.next());
        }
        return fits;
    }

    /** Null where there is none that is answered. */
    private String tokenOf(RequestFields fields) {
        try {
            String value = token.value(fields);
            boolean fits =
                    rule.isComputed()
                            ? SIGNABLE.matcher(value).matches()
                            : !value.isEmpty()
                                    && value.length() <= MAX_ECHO
                                    && SafeText.isPrintable(value);
            return fits ? value : null;
        } catch (RefusedException e) {
            return null;
        }
    }

    private String expected() {
        return "handshake: no token (expected: one at "
                + rule.token()
                + ", "
                + (rule.isComputed()
                        ? SIGNABLE.pattern()
                        : "at most " + MAX_ECHO + " characters of printable ASCII")
                + ")";
    }

    private HandshakeResult reply(String value, String mac) {
        HandshakeRule.Reply reply = rule.reply();
        if (reply.text() != null) {
            byte[] body = filled(reply.text(), value, mac).getBytes(StandardCharsets.US_ASCII);
            return new HandshakeResult.Reply(
                    reply.status(), "text/plain; charset=us-ascii", headers, body);
        }
        if (reply.json().isEmpty()) {
            return new HandshakeResult.Reply(reply.status(), null, headers, EMPTY);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        reply.json()
                .forEach(
                        (name, member) ->
                                members.put(
                                        name,
                                        member instanceof String text
                                                ? filled(text, value, mac)
                                                : member));
        return new HandshakeResult.Reply(
                reply.status(), "application/json", headers, json(members));
    }

    /** Filled once: what the token says is never taken for a template. */
    private static String filled(String template, String value, String mac) {
        if (HandshakeRule.isToken(template)) {
            return value;
        }
        return HandshakeRule.isMac(template)
                ? template.substring(0, template.length() - HandshakeRule.MAC.length()) + mac
                : template;
    }

    private static byte[] json(Map<String, Object> members) {
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("json: not written", e);
        }
    }
}
