/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.util.Set;

/**
 * After what a vendor sends again.
 *
 * @param kinds words of {@code vendors.yaml}: connection, timeout, other, 4xx, 5xx, or a status
 * @param not statuses that are exceptions
 */
public record Retried(Set<String> kinds, Set<Integer> not) {

    /** Whatever is no success. */
    public static final Retried EVERYTHING =
            new Retried(Set.of("connection", "timeout", "other"), Set.of());

    public Retried {
        kinds = Set.copyOf(kinds);
        not = Set.copyOf(not);
        for (String kind : kinds) {
            if (!kind.matches("connection|timeout|other|[1-5]xx|[1-5][0-9][0-9]")) {
                throw new IllegalArgumentException(
                        "retried: "
                                + kind
                                + " (expected: connection, timeout, other, 4xx, 5xx or a status)");
            }
        }
    }

    /** Whether it sends again after that answer, which is no success. */
    boolean after(Answer answer) {
        if (answer instanceof Answer.Silence silence) {
            return kinds.contains(silence.late() ? "timeout" : "connection");
        }
        int status =
                answer instanceof Answer.Accepted accepted
                        ? accepted.status()
                        : ((Answer.Refused) answer).status();
        return !not.contains(status)
                && (kinds.contains("other")
                        || kinds.contains(status / 100 + "xx")
                        || kinds.contains(Integer.toString(status)));
    }
}
