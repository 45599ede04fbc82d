/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The deadlines of all held receipts, on one timer thread: a wheel with a slot per tick, not a task
 * per request.
 *
 * <p>A receipt that settles otherwise leaves the wheel in that same call, so nothing of a request
 * is retained until its deadline would have come. Receipts expire at their deadline or up to one
 * tick later, never earlier; their listeners run on the timer thread and must hand over anything
 * that takes time.
 */
public final class Deadlines implements AutoCloseable {

    private final LongSupplier nanoClock;
    private final long tickNanos;
    private final DeadlineWheel wheel;

    /** Null when turned by hand. */
    private final Thread timer;

    private volatile boolean closed;

    /**
     * Starts the timer thread.
     *
     * @param nanoClock nanoseconds from an arbitrary origin, never going back; deadlines are given
     *     on the same scale
     * @param tick how exact deadlines are; 10 ms suits deadlines of seconds
     * @param threads makes the one timer thread; its uncaught-exception handler learns what
     *     listeners throw
     */
    public Deadlines(LongSupplier nanoClock, Duration tick, ThreadFactory threads) {
        this.nanoClock = nanoClock;
        this.tickNanos = tick.toNanos();
        this.wheel = new DeadlineWheel(nanoClock.getAsLong(), tick);
        this.timer = threads.newThread(this::turnUntilClosed);
        timer.start();
    }

    private Deadlines(LongSupplier nanoClock, Duration tick) {
        this.nanoClock = nanoClock;
        this.tickNanos = tick.toNanos();
        this.wheel = new DeadlineWheel(nanoClock.getAsLong(), tick);
        this.timer = null;
    }

    /**
     * Deadlines without a thread, for tests that move the clock by hand: nothing expires until
     * {@link #turn}.
     */
    public static Deadlines turnedByHand(LongSupplier nanoClock, Duration tick) {
        return new Deadlines(nanoClock, tick);
    }

    /**
     * From {@code deadlineNanos} on, unless it is settled by then, the receipt settles EXPIRED. A
     * deadline in the past is due at the next tick. Any thread; never blocks, never settles by
     * itself. A settled receipt is ignored; a second deadline for an open one is an {@link
     * IllegalStateException}.
     */
    public void schedule(Receipt receipt, long deadlineNanos) {
        wheel.schedule(receipt, deadlineNanos);
    }

    /**
     * Expires what is due by now, on the calling thread. For whoever made this {@link
     * #turnedByHand}; one thread at a time.
     */
    public void turn() {
        wheel.advanceTo(nanoClock.getAsLong());
    }

    /**
     * How many receipts wait for their deadline. Walks the wheel: at the pace of a gauge. Any
     * thread.
     */
    public int scheduled() {
        return wheel.size();
    }

    /**
     * Stops the timer. What is still scheduled stays open and is left to whoever holds the
     * receipts, as is anything scheduled from now on. Idempotent; any thread; does not wait for a
     * listener that is running.
     */
    @Override
    public void close() {
        closed = true;
        if (timer != null) {
            LockSupport.unpark(timer);
        }
    }

    private void turnUntilClosed() {
        while (!closed) {
            turn();
            LockSupport.parkNanos(this, tickNanos);
            // An interrupt is not how this thread is stopped, and left pending it would end every
            // wait at once.
            Thread.interrupted();
        }
    }
}
