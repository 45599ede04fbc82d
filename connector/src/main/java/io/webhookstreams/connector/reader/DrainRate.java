/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At what pace the queue drains while there is something in it: over the last second, and each
 * second before that counts half as much as the one after it. An empty queue says nothing of that
 * pace: such time does not count. Whoever appends tells it, and the task's thread; any thread asks.
 */
final class DrainRate {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private long windowSince;
    private long windowBytes;
    private boolean counting;

    private volatile double bytesPerNano;

    /** When the last delivery left, or the first one came into the empty queue. */
    private volatile long lastNanos;

    /** Whether something has come since the queue was found empty. */
    private volatile boolean backlog;

    DrainRate(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Something is in the queue, perhaps as the first. Under the reader's gate. */
    void queued() {
        if (!backlog) {
            lastNanos = nanoClock.getAsLong();
            backlog = true;
        }
    }

    /** A delivery was emitted and has given back so many bytes. Task thread. */
    void drained(long bytes) {
        long now = nanoClock.getAsLong();
        if (!counting) {
            counting = true;
            windowSince = now;
            windowBytes = 0;
        } else {
            windowBytes += bytes;
            closeWindow(now);
        }
        lastNanos = now;
    }

    /** The queue was found empty. Task thread, under the reader's gate. */
    void emptied() {
        counting = false;
        backlog = false;
    }

    /**
     * How long it takes until so many bytes have left: by the pace, or, if nothing has left for
     * longer than that although something is queued, as long again.
     */
    long nanosFor(long bytes) {
        double pace = bytesPerNano;
        long byPace = pace == 0 ? 0 : (long) (bytes / pace);
        return backlog && bytes > 0 ? Math.max(byPace, nanoClock.getAsLong() - lastNanos) : byPace;
    }

    private void closeWindow(long now) {
        long time = now - windowSince;
        if (time >= WINDOW_NANOS) {
            double pace = (double) windowBytes / time;
            bytesPerNano = bytesPerNano == 0 ? pace : (bytesPerNano + pace) / 2;
            windowSince = now;
            windowBytes = 0;
        }
    }
}
