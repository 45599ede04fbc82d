/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.enumerator.CheckpointDemand;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * Tells the enumerator when deliveries wait for a checkpoint, and when none has come for a while.
 * It tells only what has changed, so at most twice within {@code idleAfter}. Without checkpoints on
 * demand it tells nothing, and some always wait.
 *
 * <p>From its start until the first checkpoint completes, a reader waits for one, deliveries or
 * not. Any thread; never blocks.
 */
final class Demand {

    private final boolean onDemand;
    private final long idleAfterNanos;
    private final LongSupplier nanoClock;
    private final Executor messengers;
    private final Consumer<CheckpointDemand> enumerator;

    /** When the last delivery was appended; never goes back. */
    private final AtomicLong lastNanos;

    private volatile long sinceNanos;
    private volatile boolean waits = true;

    /** Under the lock. */
    private long number;

    /**
     * @param idleAfter how long no delivery must have come; null without checkpoints on demand
     * @param messengers run what request threads have to tell
     * @param enumerator takes what it is told on any thread
     */
    Demand(
            @Nullable Duration idleAfter,
            LongSupplier nanoClock,
            Executor messengers,
            Consumer<CheckpointDemand> enumerator) {
        this.onDemand = idleAfter != null;
        this.idleAfterNanos = onDemand ? idleAfter.toNanos() : 0;
        this.nanoClock = nanoClock;
        this.messengers = messengers;
        this.enumerator = enumerator;
        this.sinceNanos = nanoClock.getAsLong();
        this.lastNanos = new AtomicLong(sinceNanos);
    }

    /** A delivery was appended. */
    void appended() {
        if (!onDemand) {
            return;
        }
        // In this order: completed() writes and reads the other way round, and one of the two
        // sees the other.
        appendedAt(nanoClock.getAsLong());
        if (!waits) {
            waitAgain();
        }
    }

    /** Another thread may have read the clock later and written already. */
    private void appendedAt(long nanos) {
        long before;
        do {
            before = lastNanos.get();
            if (before - nanos >= 0) {
                return;
            }
        } while (!lastNanos.compareAndSet(before, nanos));
    }

    /**
     * A checkpoint has completed. Task thread.
     *
     * @param cutNanos when its barrier came: what was appended before is durable
     */
    void completed(long cutNanos) {
        if (onDemand && waits && isCalm(cutNanos)) {
            CheckpointDemand none = changeTo(false);
            if (none != null) {
                enumerator.accept(none);
            }
            if (!isCalm(cutNanos)) {
                waitAgain();
            }
        }
    }

    /** Since when deliveries have been waiting for checkpoints; now, while none does. */
    long sinceNanos() {
        return waits ? sinceNanos : nanoClock.getAsLong();
    }

    private boolean isCalm(long cutNanos) {
        long last = lastNanos.get();
        return cutNanos - last > 0 && nanoClock.getAsLong() - last >= idleAfterNanos;
    }

    private void waitAgain() {
        CheckpointDemand some = changeTo(true);
        if (some == null) {
            return;
        }
        try {
            messengers.execute(() -> enumerator.accept(some));
        } catch (RejectedExecutionException stopping) {
            enumerator.accept(some);
        }
    }

    /** Null where somebody else has changed it meanwhile. */
    @Nullable
    private synchronized CheckpointDemand changeTo(boolean next) {
        if (waits == next) {
            return null;
        }
        if (next) {
            sinceNanos = nanoClock.getAsLong();
        }
        waits = next;
        return new CheckpointDemand(++number, next);
    }
}
