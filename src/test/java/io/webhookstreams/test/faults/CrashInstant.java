/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults;

/**
 * Where checkpoint n is when a fault strikes. Each is an interleaving that only one order of events
 * reaches; {@link Instants} makes that order.
 */
public enum CrashInstant {
    /**
     * All tasks have acknowledged n, which is not yet complete: n + 1 cannot have begun, so no
     * barrier covers the requests that arrive now.
     */
    BEFORE_BARRIER("before the barrier"),

    /**
     * A task writes its state of n: the barrier has passed, the requests that came before it are
     * open, nothing is durable.
     */
    ASYNC_PART("during the asynchronous part"),

    /**
     * All state of n is written, with the requests that came before its barrier; n never completes.
     */
    BETWEEN_SNAPSHOT_AND_COMPLETION("between snapshot and completion"),

    /** n is complete, and no TaskManager has learnt it: nobody has been answered. */
    AFTER_COMPLETION_BEFORE_ANSWER("after completion, before the answer leaves");

    private final String title;

    CrashInstant(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
