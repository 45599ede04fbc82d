/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Notices that checkpoints have stopped: a delivery has waited too long for any of them to
 * complete, or no barrier has come since the reader opened. Then it is kinder to refuse at once
 * than to hold every sender until its deadline. Recovers with the next completion.
 *
 * <p>It has no thread: whoever offers a delivery or asks for the status looks at the clock. Any
 * thread; a look that races with a completion may last until the next completion. What waits it is
 * told under the reader's gate, so that nothing comes or goes meanwhile.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final String reader;
    private final Duration timeout;
    private final LongSupplier nanoClock;
    private final AtomicBoolean stalled = new AtomicBoolean();

    private volatile boolean waiting = true;
    private volatile long waitingSince;

    /** Starts waiting for the first barrier. */
    Watchdog(String reader, Duration timeout, LongSupplier nanoClock) {
        this.reader = reader;
        this.timeout = timeout;
        this.nanoClock = nanoClock;
        this.waitingSince = nanoClock.getAsLong();
    }

    /** A delivery now waits for a checkpoint. Under the gate. */
    void deliveryWaits() {
        if (!waiting) {
            waitingSince = nanoClock.getAsLong();
            waiting = true;
        }
    }

    /** Checkpoints have begun: from here on, deliveries are what waits. Under the gate. */
    void firstBarrier(boolean deliveriesWait) {
        waitingSince = nanoClock.getAsLong();
        waiting = deliveriesWait;
    }

    void checkpointCompleted() {
        waiting = false;
        if (stalled.compareAndSet(true, false)) {
            LOG.info("{}: checkpoints complete again, deliveries are accepted.", reader);
        }
    }

    /**
     * What a completed checkpoint has not covered. Under the gate.
     *
     * @param deliveriesWait whether there is any
     * @param nanos since when, counted backwards from now
     */
    void stillWait(boolean deliveriesWait, long nanos) {
        waitingSince = nanoClock.getAsLong() - nanos;
        waiting = deliveriesWait;
    }

    boolean isStalled() {
        if (waiting
                && nanoClock.getAsLong() - waitingSince > timeout.toNanos()
                && stalled.compareAndSet(false, true)) {
            LOG.warn(
                    "{}: no checkpoint has completed for {} while deliveries wait for one (expected:"
                            + " one within {}). New deliveries are refused; none is lost.",
                    reader,
                    Duration.ofNanos(nanoClock.getAsLong() - waitingSince),
                    timeout);
        }
        return stalled.get();
    }
}
