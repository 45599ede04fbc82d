/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import java.util.concurrent.CompletableFuture;

/**
 * Tells the task when to poll again: one future, replaced only after the queue was found empty,
 * never one per call.
 */
final class Availability {

    private volatile CompletableFuture<Void> future = CompletableFuture.completedFuture(null);

    /** Completed while there is something to poll, or may be. Task thread. */
    CompletableFuture<Void> future() {
        return future;
    }

    /**
     * The queue was found empty. Task thread, under the gate: whoever appends afterwards sees the
     * new future, and whoever appended before would have been found.
     */
    void queueIsEmpty() {
        if (future.isDone()) {
            future = new CompletableFuture<>();
        }
    }

    /** Something was appended. Any thread, after the gate: what waits for the future runs here. */
    void signal() {
        future.complete(null);
    }
}
