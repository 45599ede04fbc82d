/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

import javax.security.auth.x500.X500Principal;

/**
 * An entry of a stream's list of clients: {@code dns:HOST}, {@code uri:URI}, {@code email:ADDRESS}
 * (subject alternative names of a certificate, RFC 5280, 4.2.1.6) or {@code subject:DN} (its
 * distinguished name, RFC 2253), optionally {@code NAME=dns:HOST}. Compared as a whole: no
 * wildcards.
 *
 * @param name what logs and records call it; where none is given, the entry's value
 * @param kind which of the certificate's names
 * @param value the name; of a host in lower case
 */
public record ClientName(String name, Kind kind, String value) implements Serializable {

    private static final int MAX_VALUE = 1024;
    private static final String EXPECTED =
            "dns:HOST, uri:URI, email:ADDRESS or subject:DN, or NAME=dns:HOST";

    /** Which of a certificate's names. */
    public enum Kind {
        DNS("dns:"),
        URI("uri:"),
        EMAIL("email:"),
        SUBJECT("subject:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    public ClientName {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        boolean plain = kind == Kind.SUBJECT || value.indexOf('*') < 0;
        if (name.isEmpty() || value.isEmpty() || value.length() > MAX_VALUE || !plain) {
            throw new IllegalArgumentException("expected: " + EXPECTED + ", without wildcards");
        }
        if (kind == Kind.DNS) {
            value = value.toLowerCase(Locale.ROOT);
        }
        if (kind == Kind.SUBJECT) {
            requireDistinguishedName(value);
        }
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none; its message tells what is expected
     */
    public static ClientName parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                String value = text.substring(kind.prefix.length());
                return new ClientName(value, kind, value);
            }
        }
        int equals = text.indexOf('=');
        String rest = text.substring(equals + 1);
        for (Kind kind : Kind.values()) {
            if (equals > 0 && rest.startsWith(kind.prefix)) {
                String name = text.substring(0, equals);
                return new ClientName(name, kind, rest.substring(kind.prefix.length()));
            }
        }
        throw new IllegalArgumentException("expected: " + EXPECTED);
    }

    private static void requireDistinguishedName(String value) {
        try {
            new X500Principal(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "expected: subject: and a distinguished name as in RFC 2253", e);
        }
    }
}
