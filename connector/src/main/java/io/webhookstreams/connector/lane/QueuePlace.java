/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.config.PolicySettings;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A delivery's place in its stream's part of the queue: its bytes, and one of the number. Given
 * back once, at the first {@link #close}. Any thread.
 */
public final class QueuePlace implements AutoCloseable {

    private static final AtomicIntegerFieldUpdater<QueuePlace> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(QueuePlace.class, "closed");

    private final StreamQueue queue;
    private final Permit bytes;

    @SuppressWarnings("UnusedVariable") // Read through the updater.
    private volatile int closed;

    QueuePlace(StreamQueue queue, Permit bytes) {
        this.queue = queue;
        this.bytes = bytes;
    }

    /** What its stream does when it is too full, as of when the place was taken. */
    public PolicySettings policy() {
        return queue.policy();
    }

    /** Whether it is charged to this very queue. */
    boolean isIn(StreamQueue other) {
        return queue == other;
    }

    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, 0, 1)) {
            bytes.close();
            queue.left();
        }
    }
}
