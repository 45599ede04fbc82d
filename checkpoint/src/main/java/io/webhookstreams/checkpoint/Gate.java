/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What makes appends and the cut of one reader happen one after the other: a single lock, shared by
 * the reader and its durabilities.
 *
 * <p>Request threads and the thread that takes checkpoints meet here and nowhere else, so what runs
 * inside must be short: move references, never serialize, do I/O or settle. Reentrant: the reader
 * may cut within its own section.
 */
public final class Gate {

    // Unfair on purpose: handing the lock over in order of arrival costs a thread switch per
    // append.
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Runs {@code section} with the gate held and returns its result, which may be null. Any
     * thread.
     */
    public <R> R locked(Supplier<R> section) {
        lock();
        try {
            return section.get();
        } finally {
            unlock();
        }
    }

    /**
     * As {@link #locked}, for the request path and without an object per call: the caller must
     * {@link #unlock}.
     */
    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }
}
