/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.Objects;

/**
 * What one process knows of one secret of a stream; nothing of the secret itself. A request that
 * matches no secret is not counted here: it says nothing about which one its sender meant.
 *
 * @param name of its reference
 * @param validity when it verifies
 * @param readable whether it could be read, and made a key, when it was tried last
 * @param since when these bytes were read first; before that, nothing is known of their use
 * @param lastUsed when the newest request arrived that it verified; null for none since then
 * @param uses requests that it verified, also with the bytes that it had before
 * @param refusedOutsideTime requests that were made with it and refused, for it was not its time
 * @param readFailures attempts to read it that failed within its time, about one a second
 */
public record SecretStatus(
        String name,
        Validity validity,
        boolean readable,
        Instant since,
        Instant lastUsed,
        long uses,
        long refusedOutsideTime,
        long readFailures) {

    public SecretStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(validity, "validity");
        Objects.requireNonNull(since, "since");
    }

    /** The same under the name of a member of a combination. */
    SecretStatus of(String member) {
        return new SecretStatus(
                member + Combined.SEPARATOR + name,
                validity,
                readable,
                since,
                lastUsed,
                uses,
                refusedOutsideTime,
                readFailures);
    }

    /** The member of a combination whose secret it is; empty for none. */
    String member() {
        return name.substring(0, Math.max(0, name.indexOf(Combined.SEPARATOR)));
    }

    /** Whether a request that it verified arrived then or later. */
    public boolean isSeenSince(Instant instant) {
        return lastUsed != null && !lastUsed.isBefore(instant);
    }

    /** Whether it was watched since that instant, and no request that it verified arrived. */
    public boolean isQuietSince(Instant instant) {
        return !since.isAfter(instant) && (lastUsed == null || lastUsed.isBefore(instant));
    }

    /**
     * What two processes know together, each of which sees a part of the requests: it was used when
     * either saw it, and watched for as long as both did.
     */
    public SecretStatus and(SecretStatus other) {
        return new SecretStatus(
                name,
                validity,
                readable && other.readable,
                since.isAfter(other.since) ? since : other.since,
                later(lastUsed, other.lastUsed),
                uses + other.uses,
                refusedOutsideTime + other.refusedOutsideTime,
                readFailures + other.readFailures);
    }

    private static Instant later(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
