/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import io.webhookstreams.jobs.prove.vendor.Answer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a well-behaved vendor may see besides a 2xx while TaskManagers come and go, written down
 * here once more and by hand, so that a mistake in the code is not its own proof.
 */
final class AnswerTable {

    /** A sender that is halted meets it. The only one that does not say when to come again. */
    private static final String SLOW_BODY = "slow_body";

    private static final Map<String, Set<Integer>> STATUSES =
            Map.of(
                    SLOW_BODY,
                    Set.of(408),
                    "restarting",
                    Set.of(503),
                    "draining",
                    Set.of(503),
                    "paused",
                    Set.of(503),
                    "not_durable_in_time",
                    Set.of(503),
                    "overloaded",
                    Set.of(503),
                    "queue_full",
                    Set.of(429),
                    "rate_limited",
                    Set.of(429),
                    "throttled",
                    Set.of(503));

    private AnswerTable() {}

    /** What is wrong with an answer, if anything is. */
    static Optional<String> problem(Answer.Refused refused) {
        String code = refused.code().orElse("none");
        if (!STATUSES.getOrDefault(code, Set.of()).contains(refused.status())) {
            return Optional.of(
                    "%d with code %s (expected: one of %s)"
                            .formatted(refused.status(), code, STATUSES));
        }
        if (!code.equals(SLOW_BODY)
                && refused.retryAfter().filter(AnswerTable::isWholeSeconds).isEmpty()) {
            return Optional.of(
                    "%s: Retry-After: %s (expected: seconds, at least 1)"
                            .formatted(code, refused.retryAfter().orElse("none")));
        }
        return Optional.empty();
    }

    private static boolean isWholeSeconds(String value) {
        return value.matches("[1-9][0-9]{0,4}");
    }
}
