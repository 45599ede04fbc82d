/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests that have come and whose answer has not left. Any thread. */
public final class OpenRequests {

    private final AtomicLong open = new AtomicLong();

    public void opened() {
        open.incrementAndGet();
    }

    /** The answer has left, or nobody is there to read it. */
    public void closed() {
        if (open.decrementAndGet() == 0) {
            wake();
        }
    }

    public long now() {
        return open.get();
    }

    /** Waits until none is open; false if that takes too long. For a thread that stops a server. */
    public synchronized boolean awaitNone(Duration most) throws InterruptedException {
        long due = System.nanoTime() + most.toNanos();
        while (open.get() != 0) {
            long left = due - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private synchronized void wake() {
        notifyAll();
    }
}
