/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.RetryAfterForm.Unit;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * How a stream says {@code Retry-After}.
 *
 * @param unit after {@code statuses}; seconds, which RFC 9110 has, after others
 * @param statuses empty for every status
 * @param most the longest wait that it asks for; 2 s at least
 */
public record RetryAfterSettings(Unit unit, Set<Integer> statuses, Duration most)
        implements Serializable {

    /** To senders of whom nothing is known. */
    public static final RetryAfterSettings USUAL =
            new RetryAfterSettings(Unit.SECONDS, Set.of(), Duration.ofMinutes(1));

    public RetryAfterSettings {
        statuses = Set.copyOf(statuses);
    }

    /** What the number counts in an answer with that status. */
    public Unit unitAfter(int status) {
        return statuses.isEmpty() || statuses.contains(status) ? unit : Unit.SECONDS;
    }
}
