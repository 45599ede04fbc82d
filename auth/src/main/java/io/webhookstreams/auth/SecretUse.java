/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of one secret while it has the same bytes. Any thread; takes no lock and
 * allocates nothing, for request threads call it.
 */
final class SecretUse {

    private static final long NEVER = Long.MIN_VALUE;

    private final Instant since;
    private final LongAdder uses;
    private final LongAdder refusedOutsideTime;
    private final LongAdder readFailures;
    private final AtomicLong lastUsed = new AtomicLong(NEVER);

    private SecretUse(
            Instant since, LongAdder uses, LongAdder refusedOutsideTime, LongAdder readFailures) {
        this.since = since;
        this.uses = uses;
        this.refusedOutsideTime = refusedOutsideTime;
        this.readFailures = readFailures;
    }

    static SecretUse since(Instant now) {
        return new SecretUse(now, new LongAdder(), new LongAdder(), new LongAdder());
    }

    /** The counts go on; when the new bytes were used is another question. */
    SecretUse ofNewBytes(Instant now) {
        return new SecretUse(now, uses, refusedOutsideTime, readFailures);
    }

    /** It verified a request that arrived then. */
    void used(Instant receivedAt) {
        uses.increment();
        long millis = receivedAt.toEpochMilli();
        // Two threads may pass here at once and the earlier one win: by milliseconds, which is
        // nothing against the hours that are judged.
        if (millis > lastUsed.getPlain()) {
            lastUsed.lazySet(millis);
        }
    }

    /** A request that it made was refused, since it is not its time. */
    void refusedOutsideTime() {
        refusedOutsideTime.increment();
    }

    void readFailed() {
        readFailures.increment();
    }

    SecretStatus status(SecretRef ref, boolean readable) {
        long last = lastUsed.get();
        return new SecretStatus(
                ref.name(),
                ref.validity(),
                readable,
                since,
                last == NEVER ? null : Instant.ofEpochMilli(last),
                uses.sum(),
                refusedOutsideTime.sum(),
                readFailures.sum());
    }
}
