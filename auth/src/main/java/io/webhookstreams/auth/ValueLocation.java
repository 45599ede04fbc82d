/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonPointer;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a value stands in a request, as a configuration writes it: {@code header:NAME}, {@code
 * json:/pointer} (RFC 6901), {@code query:NAME}, {@code form:NAME} of a form body; for an event's
 * id also {@code body-digest} and {@code none}.
 *
 * @param kind which part of the request
 * @param name the header's name in lower case, the pointer, or the parameter; empty for the kinds
 *     that need none
 */
public record ValueLocation(Kind kind, String name) implements Serializable {

    /** The parts of a request that a value can stand in. */
    public enum Kind {
        HEADER("header:"),
        JSON("json:"),
        QUERY("query:"),
        FORM("form:"),
        BODY_DIGEST("body-digest"),
        NONE("none");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        private boolean isNamed() {
            return text.endsWith(":");
        }
    }

    /** The request does not say. */
    public static final ValueLocation NOWHERE = new ValueLocation(Kind.NONE, "");

    public ValueLocation {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.HEADER) {
            name = name.toLowerCase(Locale.ROOT);
        }
        if (!isName(kind, name)) {
            throw refused(kind.text + name);
        }
    }

    /**
     * Reads a location.
     *
     * @throws IllegalArgumentException if the text is none
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ValueLocation parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.isNamed() ? text.startsWith(kind.text) : text.equals(kind.text)) {
                return new ValueLocation(kind, text.substring(kind.text.length()));
            }
        }
        throw refused(text);
    }

    /** The canonical form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind.text + name;
    }

    /** Whether it is the body, or a part of it. */
    boolean isInBody() {
        return kind == Kind.JSON || kind == Kind.FORM || kind == Kind.BODY_DIGEST;
    }

    private static boolean isName(Kind kind, String name) {
        return switch (kind) {
            case HEADER -> HeaderNames.isName(name);
            case JSON -> isPointer(name);
            case QUERY, FORM -> !name.isEmpty() && SafeText.isPrintable(name);
            case BODY_DIGEST, NONE -> name.isEmpty();
        };
    }

    static boolean isPointer(String text) {
        if (!text.startsWith("/")) {
            return false;
        }
        // Jackson takes a stray '~' literally; RFC 6901 knows only ~0 and ~1.
        for (int at = text.indexOf('~'); at >= 0; at = text.indexOf('~', at + 1)) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            if (next != '0' && next != '1') {
                return false;
            }
        }
        return JsonPointer.compile(text) != null;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "location: "
                        + SafeText.capped(text, 80)
                        + " (expected: header:NAME, json:/POINTER, query:NAME, form:NAME,"
                        + " body-digest or none)");
    }
}
