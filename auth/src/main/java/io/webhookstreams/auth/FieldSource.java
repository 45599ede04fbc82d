/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonCreator;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * Where a part of a credential stands: {@code header:NAME}; {@code headers:PREFIX}, one header per
 * key, numbered from 1; {@code json:/pointer}, in which {@code *} stands for every element of an
 * array; {@code form:NAME}, {@code query:NAME}; or {@code sig:KEY}, a key of the field that holds
 * the signature.
 *
 * @param kind which part of the request
 * @param name the header's name or prefix in lower case, the pointer, the parameter or the key
 */
public record FieldSource(Kind kind, String name) implements Serializable {

    /** The parts of a request that vendors use. */
    public enum Kind {
        HEADER("header:"),
        HEADERS("headers:"),
        JSON("json:"),
        FORM("form:"),
        QUERY("query:"),
        SIG("sig:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public FieldSource {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.HEADER || kind == Kind.HEADERS) {
            name = name.toLowerCase(Locale.ROOT);
        }
        if (!isName(kind, name)) {
            throw refused(kind.prefix + name);
        }
    }

    /**
     * Reads a source.
     *
     * @throws IllegalArgumentException if the text is none
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
        return kind == Kind.JSON || kind == Kind.FORM;
    }

    /** Whether it may lead to several values, all of which count. */
    boolean isEach() {
        return kind == Kind.JSON && (name + "/").contains("/*/");
    }

    /** The canonical form, which {@link #parse} reads back. */
    @Override
    public String toString() {
        return kind.prefix + name;
    }

    private static boolean isName(Kind kind, String name) {
        return switch (kind) {
            case HEADER, HEADERS -> HeaderNames.isName(name);
            case JSON -> ValueLocation.isPointer(name);
            case FORM, QUERY, SIG -> !name.isEmpty() && SafeText.isPrintable(name);
        };
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "from: "
                        + SafeText.capped(text, 80)
                        + " (expected: header:NAME, headers:PREFIX, json:/POINTER, form:NAME,"
                        + " query:NAME or sig:KEY)");
    }
}
