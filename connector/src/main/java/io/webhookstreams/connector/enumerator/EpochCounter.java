/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.function.LongSupplier;

/**
 * Ownership epochs, each greater than the one before. They follow the wall clock where that is
 * ahead: grants that were made after the restored checkpoint are not in its state, and time has
 * passed since. (A JobManager that takes over with a clock far behind could repeat an epoch; who
 * fences with it must compare and set.)
 */
final class EpochCounter {

    private final LongSupplier wallClockMillis;
    private long last;

    EpochCounter(long last, LongSupplier wallClockMillis) {
        this.last = last;
        this.wallClockMillis = wallClockMillis;
    }

    long next() {
        last = Math.max(last + 1, wallClockMillis.getAsLong());
        return last;
    }

    long last() {
        return last;
    }
}
