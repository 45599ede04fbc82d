/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.concurrent.atomic.AtomicReference;

/**
 * One holder's share of a {@link WeightedBudget}. What it has taken beyond its guaranteed part is
 * borrowed from the common part. Lock-free; any thread; never waits.
 */
public final class ByteShare {

    private final WeightedBudget whole;
    private final AtomicReference<State> state = new AtomicReference<>(new State(0, 0));

    /** Takes what fits. */
    private final Budget fitting =
            new Budget() {
                @Override
                boolean take(long bytes) {
                    return takeFitting(bytes);
                }

                @Override
                void giveBack(long bytes) {
                    // The whole first: so it never has more out than the shares say.
                    whole.giveBackToTotal(bytes);
                    ByteShare.this.giveBack(bytes);
                }
            };

    /** Takes beside the whole. */
    private final Budget forcing =
            new Budget() {
                @Override
                boolean take(long bytes) {
                    ByteBudget.requireNotNegative(bytes);
                    State before;
                    do {
                        before = state.get();
                    } while (!state.compareAndSet(before, before.withMore(bytes)));
                    whole.borrowRegardless(before.withMore(bytes).borrowed() - before.borrowed());
                    whole.force(bytes);
                    return true;
                }

                @Override
                void giveBack(long bytes) {
                    whole.force(-bytes);
                    ByteShare.this.giveBack(bytes);
                }
            };

    ByteShare(WeightedBudget whole) {
        this.whole = whole;
    }

    /**
     * A permit for {@code bytes} (0 or more), to be closed by the caller; or null when they do not
     * fit: nothing is taken. Never null while they fit into what is left of the guaranteed part.
     */
    public Permit tryAcquire(long bytes) {
        return fitting.take(bytes) ? new Permit(fitting, bytes) : null;
    }

    /**
     * A permit for {@code bytes} (0 or more) that must be held whatever it costs. Where they do not
     * fit, they come on top of the whole, and nobody borrows until as much has come back; what is
     * guaranteed to others stays theirs.
     */
    public Permit acquireRegardless(long bytes) {
        Permit permit = tryAcquire(bytes);
        if (permit != null) {
            return permit;
        }
        forcing.take(bytes);
        return new Permit(forcing, bytes);
    }

    /** Whether so many would fit, at some instant between call and return. */
    public boolean wouldFit(long bytes) {
        State now = state.get();
        long extra = now.withMore(bytes).borrowed() - now.borrowed();
        // More may be borrowed than there is: what is guaranteed fits all the same.
        return extra == 0 || extra <= whole.unborrowed();
    }

    /** Bytes out on permits. */
    public long used() {
        return state.get().used();
    }

    /** Bytes that nobody else can use. */
    public long guaranteed() {
        return state.get().guaranteed();
    }

    /** Bytes that it may have out when the others borrow nothing. */
    public long most() {
        return guaranteed() + whole.common();
    }

    /** Changes the guaranteed part; what is out stays out. */
    void guarantee(long bytes) {
        State before;
        State after;
        do {
            before = state.get();
            after = new State(before.used(), bytes);
        } while (!state.compareAndSet(before, after));
        whole.borrowRegardless(after.borrowed() - before.borrowed());
    }

    private boolean takeFitting(long bytes) {
        ByteBudget.requireNotNegative(bytes);
        while (true) {
            State before = state.get();
            if (bytes > Long.MAX_VALUE - before.used()) {
                return false;
            }
            State after = before.withMore(bytes);
            long extra = after.borrowed() - before.borrowed();
            // Reserved before it is used: at no instant do the shares borrow more than there is.
            if (extra > 0 && !whole.borrow(extra)) {
                return false;
            }
            if (state.compareAndSet(before, after)) {
                break;
            }
            whole.borrowRegardless(-extra);
        }
        if (whole.takeFromTotal(bytes)) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    private void giveBack(long bytes) {
        State before;
        State after;
        do {
            before = state.get();
            after = before.withMore(-bytes);
        } while (!state.compareAndSet(before, after));
        whole.borrowRegardless(after.borrowed() - before.borrowed());
    }

    /** One field, so one step. */
    private record State(long used, long guaranteed) {

        State withMore(long bytes) {
            return new State(used + bytes, guaranteed);
        }

        long borrowed() {
            return Math.max(0, used - guaranteed);
        }
    }

    @Override
    public String toString() {
        return used() + " of " + guaranteed() + " to " + most() + " bytes";
    }
}
