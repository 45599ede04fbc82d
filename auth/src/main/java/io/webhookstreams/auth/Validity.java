/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * When a secret verifies: from {@code not-before} on and until {@code not-after}, that instant no
 * more.
 *
 * @param notBefore the first instant; null for no bound
 * @param notAfter the first instant that is too late; null for no bound
 */
public record Validity(Instant notBefore, Instant notAfter) implements Serializable {

    /** Without bounds. */
    public static final Validity ALWAYS = new Validity(null, null);

    private static final String NOT_BEFORE = "not-before";
    private static final String NOT_AFTER = "not-after";

    /** Where an instant is, seen from a secret's time. */
    public enum Phase {
        NOT_YET("not yet"),
        VALID("valid"),
        OVER("over");

        private final String text;

        Phase(String text) {
            this.text = text;
        }

        /** As operators read it. */
        @Override
        public String toString() {
            return text;
        }
    }

    public Validity {
        if (notBefore != null && notAfter != null && !notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException(
                    "secret's not-before: %s (expected: before its not-after, %s)"
                            .formatted(notBefore, notAfter));
        }
    }

    /**
     * Reads {@code not-before=INSTANT,not-after=INSTANT}, either of which may be left out. A secret
     * may stand there by mistake, so messages tell its length and nothing of its text.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static Validity parse(String text) {
        Instant notBefore = null;
        Instant notAfter = null;
        for (String part : text.split(",", -1)) {
            if (part.startsWith(NOT_BEFORE + "=") && notBefore == null) {
                notBefore = instant(NOT_BEFORE, part.substring(NOT_BEFORE.length() + 1));
            } else if (part.startsWith(NOT_AFTER + "=") && notAfter == null) {
                notAfter = instant(NOT_AFTER, part.substring(NOT_AFTER.length() + 1));
            } else {
                throw new IllegalArgumentException(
                        "secret's time: "
                                + part.length()
                                + " characters (expected: not-before=INSTANT or not-after=INSTANT,"
                                + " each once)");
            }
        }
        return new Validity(notBefore, notAfter);
    }

    private static Instant instant(String name, String text) {
        // Without the parser's exception as its cause, which repeats the text.
        return parsed(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "secret's "
                                                + name
                                                + ": "
                                                + text.length()
                                                + " characters (expected: an instant such as"
                                                + " 2026-12-01T00:00:00Z)"));
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public Phase phaseAt(Instant instant) {
        if (notBefore != null && instant.isBefore(notBefore)) {
            return Phase.NOT_YET;
        }
        return notAfter == null || instant.isBefore(notAfter) ? Phase.VALID : Phase.OVER;
    }

    public boolean includes(Instant instant) {
        return phaseAt(instant) == Phase.VALID;
    }

    /** The form that is read back; empty for {@link #ALWAYS}. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(",");
        if (notBefore != null) {
            text.add(NOT_BEFORE + "=" + notBefore);
        }
        if (notAfter != null) {
            text.add(NOT_AFTER + "=" + notAfter);
        }
        return text.toString();
    }
}
