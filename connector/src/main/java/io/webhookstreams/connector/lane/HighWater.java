/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a level is too high: from the high water on, until it is down at the low water. Between
 * the two it is what it was before, so that a level which hovers does not make senders stop and go.
 * Lock-free; any thread. It has no thread of its own: who asks, moves it.
 */
final class HighWater {

    private static final long BELOW = -1;

    private final long high;
    private final long low;

    /** The level at which it ends; {@link #BELOW} while it has not begun. */
    private final AtomicLong endsAt = new AtomicLong(BELOW);

    /**
     * @param high at this level it begins
     * @param low at this level it ends; less than {@code high}
     */
    HighWater(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Parts of a room, rounded up and down so that the low one is less. */
    static HighWater of(long room, double high, double low) {
        long from = (long) Math.ceil(room * high);
        return new HighWater(from, Math.min(from - 1, (long) (room * low)));
    }

    boolean isOver(long level) {
        long end = endsAt.get();
        if (end != BELOW && level > end) {
            return true;
        }
        if (level >= high) {
            // Another may have begun meanwhile, at a lower level: it is over either way.
            endsAt.compareAndSet(end, low);
            return true;
        }
        if (end != BELOW) {
            endsAt.compareAndSet(end, BELOW);
        }
        return false;
    }

    /** Whether a level is no higher than the high water. Moves nothing. */
    boolean covers(long level) {
        return level <= high;
    }

    /** What came did not fit at this level, however far below the high water: that is over too. */
    void isFull(long level) {
        endsAt.compareAndSet(BELOW, Math.min(low, (long) (level * ((double) low / high))));
    }
}
