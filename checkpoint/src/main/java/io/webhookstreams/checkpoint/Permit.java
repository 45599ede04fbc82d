/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * Bytes taken from a {@link ByteBudget} or a {@link ByteShare}. They return exactly once, at the
 * first {@link #close}, whoever calls it and however it races with {@link #tryGrow} and {@link
 * #shrinkTo}. Lock-free; any thread.
 */
public final class Permit implements AutoCloseable {

    private static final AtomicLongFieldUpdater<Permit> BYTES =
            AtomicLongFieldUpdater.newUpdater(Permit.class, "bytes");
    private static final long CLOSED = -1;

    private final Budget budget;
    private volatile long bytes;

    Permit(Budget budget, long bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /**
     * Takes {@code more} bytes (0 or more). False, leaving the permit unchanged: they do not fit,
     * or it is closed.
     */
    public boolean tryGrow(long more) {
        if (!budget.take(more)) {
            return false;
        }
        long before;
        do {
            before = bytes;
            if (before == CLOSED) {
                budget.giveBack(more);
                return false;
            }
        } while (!BYTES.compareAndSet(this, before, before + more));
        return true;
    }

    /**
     * Gives back all but {@code remaining} bytes (0 or more). Does nothing if it holds no more than
     * that, or is closed.
     */
    public void shrinkTo(long remaining) {
        ByteBudget.requireNotNegative(remaining);
        long before;
        do {
            before = bytes;
            if (before <= remaining) {
                return;
            }
        } while (!BYTES.compareAndSet(this, before, remaining));
        budget.giveBack(before - remaining);
    }

    /** What it holds; 0 once closed. */
    public long bytes() {
        return Math.max(0, bytes);
    }

    /** Returns its bytes. Idempotent: later calls do nothing. */
    @Override
    public void close() {
        long before = BYTES.getAndSet(this, CLOSED);
        if (before != CLOSED) {
            budget.giveBack(before);
        }
    }
}
