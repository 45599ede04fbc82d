/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request's turn to take a place in its stream's queue: from when its reading goes on until it is
 * appended, refused or gone. Meanwhile those behind it reckon with its place. Any thread.
 */
final class Turn {

    private final WaitingLine line;
    private final long bytes;
    private final long endsNanos;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * @param bytes that it will probably take in the queue
     * @param endsNanos when nobody reckons with it any more, on the server's nano clock: so whoever
     *     is slow does not keep others waiting
     */
    Turn(WaitingLine line, long bytes, long endsNanos) {
        this.line = line;
        this.bytes = bytes;
        this.endsNanos = endsNanos;
    }

    long bytes() {
        return bytes;
    }

    boolean isOver() {
        return over.get();
    }

    boolean hasEnded(long nowNanos) {
        return endsNanos - nowNanos <= 0;
    }

    /** The first call ends it; later ones change nothing. */
    void end() {
        if (over.compareAndSet(false, true)) {
            line.ended(this);
        }
    }
}
