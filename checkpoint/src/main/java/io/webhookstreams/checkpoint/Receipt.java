/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * The open promise to answer one delivery. Settled once, whatever races: completion, deadline,
 * disconnect, close.
 *
 * <p>Once settled it refers to nothing but its settlement: neither its listener (and with it the
 * request) nor its place among the deadlines, however long an epoch still lists it. Safe from any
 * thread.
 */
public final class Receipt {

    private static final AtomicReferenceFieldUpdater<Receipt, Object> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Receipt.class, Object.class, "state");
    private static final AtomicReferenceFieldUpdater<Receipt, DeadlineEntry> DEADLINE =
            AtomicReferenceFieldUpdater.newUpdater(Receipt.class, DeadlineEntry.class, "deadline");

    private final long id;

    /**
     * The {@link SettlementListener} while open, the {@link Settlement} afterwards: one field, so
     * one step.
     */
    private volatile Object state;

    /** Null when no deadline is scheduled. */
    private volatile DeadlineEntry deadline;

    /** Written and read under the gate. */
    private long registeredNanos;

    /** Written before it is registered, read when it is settled. */
    private boolean ofLoss;

    public Receipt(long id, SettlementListener listener) {
        if (listener == null) {
            throw new IllegalArgumentException("listener: null (expected: who writes the answer)");
        }
        this.id = id;
        this.state = listener;
    }

    /**
     * The owner's number for it; this package neither interprets it nor requires it to be unique.
     */
    public long id() {
        return id;
    }

    /**
     * Settles this receipt. The first call wins: it takes the receipt off the deadlines, runs the
     * listener on the calling thread and returns true. Later calls change nothing and return false.
     * Never blocks, unless the listener does.
     */
    public boolean settle(Settlement settlement) {
        if (settlement == null) {
            throw new IllegalArgumentException(
                    "settlement: null (expected: DURABLE, EXPIRED or LOST)");
        }
        Object before = state;
        if (!(before instanceof SettlementListener listener)
                || !STATE.compareAndSet(this, before, settlement)) {
            return false;
        }
        dropDeadline();
        listener.settled(this, settlement);
        return true;
    }

    /**
     * Notes that yes will mean: durable is that the delivery is lost on purpose, not the delivery.
     * By whoever registers it, before that.
     */
    public void promisesLoss() {
        ofLoss = true;
    }

    /** See {@link #promisesLoss}. For its listener, and for whoever registered it. */
    public boolean isOfLoss() {
        return ofLoss;
    }

    /** How it ended, or null while it is open. */
    public Settlement settlement() {
        return state instanceof Settlement settlement ? settlement : null;
    }

    boolean isSettled() {
        return state instanceof Settlement;
    }

    /**
     * Remembers where this receipt stands among the deadlines; returns false, changing nothing, if
     * it has one already.
     */
    boolean bindDeadline(DeadlineEntry entry) {
        if (!DEADLINE.compareAndSet(this, null, entry)) {
            return false;
        }
        // A settlement between linking the entry and binding it here has found nothing to cancel:
        // cancel for it.
        if (isSettled()) {
            dropDeadline();
        }
        return true;
    }

    void registeredAt(long nanos) {
        registeredNanos = nanos;
    }

    long registeredNanos() {
        return registeredNanos;
    }

    /** Whether it was registered after the other one, on a clock that may have any origin. */
    boolean isYoungerThan(Receipt other) {
        return registeredNanos - other.registeredNanos > 0;
    }

    private void dropDeadline() {
        DeadlineEntry entry = deadline;
        if (entry != null) {
            deadline = null;
            entry.cancel();
        }
    }

    @Override
    public String toString() {
        return "receipt " + id + (isSettled() ? " (" + state + ")" : " (open)");
    }
}
