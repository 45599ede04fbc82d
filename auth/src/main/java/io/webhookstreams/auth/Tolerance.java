/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Duration;
import java.util.Objects;

/**
 * How far from now a signed time may be.
 *
 * @param past how old; never null
 * @param future how far ahead; never null
 */
public record Tolerance(Duration past, Duration future) {

    /** Where nothing else is known: Standard Webhooks and most libraries of vendors. */
    static final Tolerance USUAL = new Tolerance(Duration.ofMinutes(5), Duration.ofMinutes(5));

    public Tolerance {
        Objects.requireNonNull(past, "tolerance.past");
        Objects.requireNonNull(future, "tolerance.future");
    }

    /** The same with other bounds where they are given; null keeps these. */
    Tolerance with(Duration otherPast, Duration otherFuture) {
        return new Tolerance(
                Objects.requireNonNullElse(otherPast, past),
                Objects.requireNonNullElse(otherFuture, future));
    }
}
