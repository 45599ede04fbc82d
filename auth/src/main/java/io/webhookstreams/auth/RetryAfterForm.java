/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * How a vendor reads {@code Retry-After}, where it says that it does.
 *
 * @param unit of the number; RFC 9110, 10.2.3, knows seconds only
 * @param statuses the ones after which it reads the number so, and after others nobody knows; empty
 *     for every one
 * @param most the longest wait that it honours; null where it names none
 * @param about what it does with it, one sentence for users; never null
 */
public record RetryAfterForm(Unit unit, Set<Integer> statuses, Duration most, String about) {

    /** What the number counts. */
    public enum Unit {
        @JsonProperty("s")
        SECONDS("s"),
        @JsonProperty("ms")
        MILLISECONDS("ms");

        private final String text;

        Unit(String text) {
            this.text = text;
        }

        /**
         * The unit of that sign.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Unit parse(String text) {
            for (Unit unit : values()) {
                if (unit.text.equals(text)) {
                    return unit;
                }
            }
            throw new IllegalArgumentException("not a unit: " + text);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public RetryAfterForm {
        Objects.requireNonNull(unit, "retry-after.unit");
        statuses = statuses == null ? Set.of() : Set.copyOf(statuses);
        Objects.requireNonNull(about, "retry-after.about");
        if (most != null && most.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "retry-after.most: " + most + " (expected: at least 2 s)");
        }
    }
}
