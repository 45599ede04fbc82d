/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state of a server by asking again and again; or lets time pass, as a load needs. */
final class Await {

    /** A question to another process; an IOException means "not yet". */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Returns when the condition holds.
     *
     * @param between pause between two questions
     * @throws IOException if it does not hold within the time; its cause is the last question's
     */
    static void until(String what, Duration within, Duration between, Condition condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        IOException last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                if (condition.holds()) {
                    return;
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            pause(between);
        }
        throw new IOException(
                "%s: not so (expected: within %d s)".formatted(what, within.toSeconds()), last);
    }

    /** Lets time pass: a part of how something is measured, never to wait for a state. */
    static void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private Await() {}
}
