/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.RetryAfterForm.Unit;

import java.io.Serializable;
import java.time.Duration;

/**
 * How a stream says {@code Retry-After}.
 *
 * @param most the longest wait that it asks for; 2 s at least
 */
public record RetryAfterSettings(Unit unit, Duration most) implements Serializable {

    /** To senders of whom nothing is known. */
    public static final RetryAfterSettings USUAL =
            new RetryAfterSettings(Unit.SECONDS, Duration.ofMinutes(1));
}
