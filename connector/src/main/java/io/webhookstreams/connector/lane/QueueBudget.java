/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Permit;

import javax.annotation.Nullable;

/**
 * The bytes that a reader queues. What is new must fit. What was restored is taken whatever it
 * needs, since it has been answered already: after a change of parallelism, one reader may be given
 * what two had queued. Until that has been emitted, nothing new is let in. Any thread; never waits.
 */
public final class QueueBudget {

    /** What a queued delivery costs beside its wire form: the objects that hold it. */
    private static final int BYTES_PER_DELIVERY = 96;

    private final ByteBudget queued;
    private final ByteBudget overdraft = new ByteBudget("queued-overdraft", Long.MAX_VALUE);

    public QueueBudget(long limitBytes) {
        this.queued = new ByteBudget("queued", limitBytes);
    }

    /** A permit for a new delivery, or null when there is no room for it. */
    @Nullable
    public Permit tryTake(int wireBytes) {
        return overdraft.used() > 0 ? null : queued.tryAcquire(cost(wireBytes));
    }

    /** Bytes of all that is queued. */
    public long used() {
        return queued.used() + overdraft.used();
    }

    Permit takeForRestored(int wireBytes) {
        Permit permit = queued.tryAcquire(cost(wireBytes));
        return permit != null ? permit : overdraft.tryAcquire(cost(wireBytes));
    }

    /** What a delivery is charged while it is queued. */
    public static long cost(int wireBytes) {
        return (long) wireBytes + BYTES_PER_DELIVERY;
    }
}
