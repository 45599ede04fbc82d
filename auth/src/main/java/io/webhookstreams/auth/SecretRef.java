/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * A reference to a secret, never the secret: {@code file:PATH} or {@code env:NAME}, optionally
 * {@code name=file:PATH}, and with its time {@code name[not-after=INSTANT]=file:PATH}. Travels in
 * the job graph and may be logged. A relative path is resolved where the secret is read, see {@link
 * LocalSecrets}.
 *
 * @param name what logs, metrics and records call it: letters, digits, {@code . _ -}
 * @param kind where it stands
 * @param location the path, or the variable's name
 * @param validity when it verifies
 */
public record SecretRef(String name, Kind kind, String location, Validity validity)
        implements Serializable {

    private static final int MAX_NAME = 64;
    private static final String EXPECTED = " (expected: file:PATH or env:NAME, or NAME=file:PATH)";

    /** Where a secret stands. */
    public enum Kind {
        FILE("file:"),
        ENV("env:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public SecretRef {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(validity, "validity");
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "secret's name: "
                            + name.length()
                            + " characters (expected: 1 to 64 letters, digits, '.', '_', '-')");
        }
        if (!isLocation(kind, location)) {
            throw new IllegalArgumentException(
                    "secret " + kind.prefix + " " + location.length() + " characters" + EXPECTED);
        }
    }

    /** One that verifies at any time. */
    public SecretRef(String name, Kind kind, String location) {
        this(name, kind, location, Validity.ALWAYS);
    }

    /** The same secret, standing elsewhere. */
    public SecretRef at(String elsewhere) {
        return new SecretRef(name, kind, elsewhere, validity);
    }

    /**
     * Reads a reference. What is no reference may be a secret pasted by mistake, so the message
     * tells its length and nothing of its text.
     *
     * @throws IllegalArgumentException if the text is no reference
     */
    public static SecretRef parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                String location = text.substring(kind.prefix.length());
                return new SecretRef(defaultName(kind, location), kind, location);
            }
            int equals = text.indexOf("=" + kind.prefix);
            if (equals >= 0) {
                String location = text.substring(equals + 1 + kind.prefix.length());
                return labelled(text.substring(0, equals), kind, location);
            }
        }
        throw new IllegalArgumentException(
                "secret: " + text.length() + " characters that are no reference" + EXPECTED);
    }

    /** The label is a name, or its time in brackets, or both. */
    private static SecretRef labelled(String label, Kind kind, String location) {
        int bracket = label.indexOf('[');
        if (bracket < 0 || !label.endsWith("]")) {
            return new SecretRef(label, kind, location);
        }
        Validity validity = Validity.parse(label.substring(bracket + 1, label.length() - 1));
        String name = bracket == 0 ? defaultName(kind, location) : label.substring(0, bracket);
        return new SecretRef(name, kind, location, validity);
    }

    /** The canonical form, which {@link #parse} reads back: {@code name=file:PATH}. */
    @Override
    public String toString() {
        String time = validity.equals(Validity.ALWAYS) ? "" : "[" + validity + "]";
        return name + time + "=" + kind.prefix + location;
    }

    private static String defaultName(Kind kind, String location) {
        String last = location.substring(location.lastIndexOf('/') + 1);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < last.length() && i < MAX_NAME; i++) {
            name.append(isNameCharacter(last.charAt(i)) ? last.charAt(i) : '_');
        }
        return name.isEmpty() ? kind.name().toLowerCase(Locale.ROOT) : name.toString();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(SecretRef::isNameCharacter);
    }

    private static boolean isLocation(Kind kind, String location) {
        return switch (kind) {
            case FILE -> !location.isEmpty() && SafeText.isPrintable(location);
            case ENV -> isVariable(location);
        };
    }

    private static boolean isVariable(String name) {
        // A vendor's secret pasted behind "env:" reads like a variable, and must not be echoed.
        return !name.isEmpty()
                && !name.startsWith("whsec_")
                && !Character.isDigit(name.charAt(0))
                && name.chars().allMatch(c -> isNameCharacter(c) && c != '.' && c != '-');
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
