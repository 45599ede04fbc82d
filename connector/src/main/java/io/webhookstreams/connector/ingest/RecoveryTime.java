/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a source is without a reader when its job restarts: from the last one's leaving to the
 * next one's coming, as it was the last time in this JVM. Any thread.
 */
final class RecoveryTime {

    /** Before it was measured: about what a restart takes whose TaskManagers live on. */
    static final long UNMEASURED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final LongSupplier nanoClock;
    private volatile State state = new State(false, 0, UNMEASURED_NANOS);

    RecoveryTime(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** No reader is left. Calls are ordered by the caller. */
    void lastLeft() {
        state = new State(true, nanoClock.getAsLong(), state.tookNanos());
    }

    /** A reader is there. Calls are ordered by the caller. */
    void came() {
        State before = state;
        if (before.away()) {
            long took = nanoClock.getAsLong() - before.sinceNanos();
            state = new State(false, 0, took);
        }
    }

    /**
     * Nanoseconds until a reader is to be expected: what is left of the last restart's, or, when
     * this one takes longer, as long again as it is overdue; 0 while there is one.
     */
    long nanosLeft() {
        State now = state;
        if (!now.away()) {
            return 0;
        }
        return Math.abs(now.tookNanos() - (nanoClock.getAsLong() - now.sinceNanos()));
    }

    private record State(boolean away, long sinceNanos, long tookNanos) {}
}
