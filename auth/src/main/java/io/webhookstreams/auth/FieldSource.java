/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonCreator;

import java.util.Locale;
import java.util.Objects;

/**
 * Where a part of a credential stands: {@code header:NAME}, {@code json:/pointer}, or {@code
 * sig:KEY}, a key of the header that holds the signature.
 *
 * @param kind which part of the request
 * @param name the header's name in lower case, the pointer, or the key
 */
public record FieldSource(Kind kind, String name) {

    /** The parts of a request that vendors use. Numbered headers, forms and queries come later. */
    public enum Kind {
        HEADER("header:"),
        JSON("json:"),
        SIG("sig:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public FieldSource {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.HEADER) {
            name = name.toLowerCase(Locale.ROOT);
        }
        if (!isName(kind, name)) {
            throw refused(kind.prefix + name);
        }
    }

    /**
     * Reads a source.
     *
     * @throws IllegalArgumentException if the text is none that is implemented
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static FieldSource parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                return new FieldSource(kind, text.substring(kind.prefix.length()));
            }
        }
        throw refused(text);
    }

    boolean needsBody() {
        return kind == Kind.JSON;
    }

    /** The canonical form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind.prefix + name;
    }

    private static boolean isName(Kind kind, String name) {
        return switch (kind) {
            case HEADER -> HeaderNames.isName(name);
            case JSON -> ValueLocation.isPointer(name);
            case SIG -> !name.isEmpty() && SafeText.isPrintable(name);
        };
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "from: "
                        + SafeText.capped(text, 80)
                        + " (expected: header:NAME, json:/POINTER or sig:KEY)");
    }
}
