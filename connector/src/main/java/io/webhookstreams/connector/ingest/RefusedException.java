/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.time.Duration;

import javax.annotation.Nullable;

/**
 * Leaves the ingest path with a refusal. It is an answer and no failure: it carries no stack trace
 * and never leaves this package.
 */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    @Nullable private final Duration untilRetry;

    RefusedException(Refusal refusal) {
        this(refusal, refusal.sentence());
    }

    /**
     * @param detail shown to the sender: what was expected, and nothing that the sender chose
     */
    RefusedException(Refusal refusal, String detail) {
        this(refusal, detail, null);
    }

    /**
     * @param wait until it is worth sending again
     */
    RefusedException(Refusal refusal, Duration wait) {
        this(refusal, refusal.sentence(), wait);
    }

    private RefusedException(Refusal refusal, String detail, @Nullable Duration wait) {
        super(detail, null, false, false);
        this.refusal = refusal;
        this.untilRetry = wait;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Null where the stream knows best. */
    @Nullable
    Duration untilRetry() {
        return untilRetry;
    }
}
