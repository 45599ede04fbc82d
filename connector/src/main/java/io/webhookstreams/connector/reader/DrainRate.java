/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * At what pace the queue drains while there is something in it: over the last second, and each
 * second before that counts half as much as the one after it. An empty queue says nothing of that
 * pace: such time does not count. The task's thread tells it; any thread asks.
 */
final class DrainRate {

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoClock;
    private long windowSince;
    private long windowBytes;
    private boolean counting;

    private volatile double bytesPerNano;

    /** When the last delivery left. */
    private volatile long lastNanos;

    /** Whether the queue was not found empty since. */
    private volatile boolean backlog;

    DrainRate(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
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
        if (!backlog) {
            backlog = true;
        }
    }

    /** The queue was found empty. Task thread. */
    void emptied() {
        counting = false;
        backlog = false;
    }

    /**
     * How long it takes until so many bytes have left: by the pace, or, if nothing has left for
     * longer than that, as long again; 0 before anything was measured.
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
