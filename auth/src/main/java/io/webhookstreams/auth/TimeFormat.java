/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** How a vendor writes an instant. */
public enum TimeFormat {
    /** Whole seconds since 1970, at most 12 digits. */
    @JsonProperty("s")
    SECONDS("s") {
        @Override
        public Optional<Instant> parse(String text) {
            return isDigits(text, 12)
                    ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                    : Optional.empty();
        }

        @Override
        public String format(Instant instant) {
            return Long.toString(instant.getEpochSecond());
        }

        @Override
        int digits() {
            return 10;
        }

        @Override
        public Instant truncate(Instant instant) {
            return instant.truncatedTo(ChronoUnit.SECONDS);
        }
    },
    /** Whole milliseconds since 1970, at most 15 digits. */
    @JsonProperty("ms")
    MILLISECONDS("ms") {
        @Override
        public Optional<Instant> parse(String text) {
            return isDigits(text, 15)
                    ? Optional.of(Instant.ofEpochMilli(Long.parseLong(text)))
                    : Optional.empty();
        }

        @Override
        public String format(Instant instant) {
            return Long.toString(instant.toEpochMilli());
        }

        @Override
        int digits() {
            return 13;
        }

        @Override
        public Instant truncate(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS);
        }
    },
    /** RFC 3339, for example {@code 2026-01-31T10:00:00Z}; its years have four digits. */
    @JsonProperty("rfc3339")
    RFC3339("rfc3339") {
        @Override
        public Optional<Instant> parse(String text) {
            try {
                return text.length() <= MAX_RFC3339 && startsWithDigit(text)
                        ? Optional.of(OffsetDateTime.parse(text).toInstant())
                        : Optional.empty();
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public String format(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MILLIS).toString();
        }

        @Override
        int digits() {
            return 0;
        }

        @Override
        public Instant truncate(Instant instant) {
            return instant;
        }
    },
    /** Seconds since 1970 with a fraction or without, for example {@code 1521472262.908181}. */
    @JsonProperty("decimal-s")
    DECIMAL_SECONDS("decimal-s") {
        @Override
        public Optional<Instant> parse(String text) {
            int point = text.indexOf('.');
            if (point < 0) {
                return SECONDS.parse(text);
            }
            String fraction = text.substring(point + 1);
            return isDigits(fraction, NANO_DIGITS)
                    ? SECONDS.parse(text.substring(0, point))
                            .map(seconds -> seconds.plusNanos(nanos(fraction)))
                    : Optional.empty();
        }

        @Override
        public String format(Instant instant) {
            return "%d.%06d".formatted(instant.getEpochSecond(), instant.getNano() / 1_000);
        }

        @Override
        int digits() {
            return 0;
        }

        @Override
        public Instant truncate(Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
    };

    private static final int MAX_RFC3339 = 40;
    private static final int NANO_DIGITS = 9;

    private final String text;

    TimeFormat(String text) {
        this.text = text;
    }

    /** The instant, or empty if the text is none in this format. Never throws. */
    public abstract Optional<Instant> parse(String text);

    /** The instant as the vendor would write it. */
    public abstract String format(Instant instant);

    /** How many digits this century's instants have; 0 where they are no number. */
    abstract int digits();

    /** The instant at this format's precision: ages are judged as coarsely as they are sent. */
    abstract Instant truncate(Instant instant);

    /**
     * The name that configurations use: {@code s}, {@code ms}, {@code rfc3339}, {@code decimal-s}.
     */
    @Override
    public String toString() {
        return text;
    }

    /** ISO 8601, which Java reads, signs longer years: they pass what milliseconds can count. */
    private static boolean startsWithDigit(String text) {
        return !text.isEmpty() && Character.isDigit(text.charAt(0));
    }

    private static long nanos(String fraction) {
        return Long.parseLong(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
    }

    private static boolean isDigits(String text, int max) {
        return !text.isEmpty()
                && text.length() <= max
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
