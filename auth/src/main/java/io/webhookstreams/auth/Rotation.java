/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How far a stream is with replacing its secret. The numbers are a metric's: they never change. */
public enum Rotation {
    /** No secret is within its time, or the stream has none. */
    NONE(0, "none"),

    /** One secret verifies. */
    SINGLE(1, "single"),

    /** Several verify, and it is not shown that the first one alone would do. */
    OVERLAP(2, "overlap"),

    /** The first is in use, and no other was for as long as was asked. */
    SAFE_TO_RETIRE(3, "safe to retire"),

    /** A secret within its time cannot be read: what it signs is refused. */
    INCOMPLETE(4, "incomplete");

    private static final List<Rotation> BY_ATTENTION =
            List.of(SINGLE, SAFE_TO_RETIRE, OVERLAP, NONE, INCOMPLETE);

    private final int number;
    private final String text;

    Rotation(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * Judges what is known of a stream's secrets. Of a combination's members, each of which is
     * rotated by itself, the one that needs most attention.
     *
     * @param secrets in the order of the settings, newest first
     * @param retireAfter how long an old secret has to be unseen while the new one is seen
     */
    public static Rotation of(List<SecretStatus> secrets, Instant now, Duration retireAfter) {
        return secrets.stream()
                .collect(Collectors.groupingBy(SecretStatus::member))
                .values()
                .stream()
                .map(member -> ofMember(member, now, retireAfter))
                .max(Comparator.comparing(BY_ATTENTION::indexOf))
                .orElse(NONE);
    }

    private static Rotation ofMember(
            List<SecretStatus> secrets, Instant now, Duration retireAfter) {
        List<SecretStatus> valid =
                secrets.stream().filter(s -> s.validity().includes(now)).toList();
        if (valid.isEmpty()) {
            return NONE;
        }
        if (!valid.stream().allMatch(SecretStatus::readable)) {
            return INCOMPLETE;
        }
        if (valid.size() == 1) {
            return SINGLE;
        }
        Instant start = now.minus(retireAfter);
        boolean retirable =
                valid.get(0).isSeenSince(start)
                        && valid.stream().skip(1).allMatch(secret -> secret.isQuietSince(start));
        return retirable ? SAFE_TO_RETIRE : OVERLAP;
    }

    /** As a metric. */
    public int number() {
        return number;
    }

    /** As operators read it. */
    @Override
    public String toString() {
        return text;
    }
}
