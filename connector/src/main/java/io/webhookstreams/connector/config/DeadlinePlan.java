/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.time.Duration;

/**
 * Whether deliveries become durable before a deadline, by the job's settings. One that comes right
 * after a barrier waits for the next one, and then for that checkpoint's completion.
 *
 * @param period from one barrier to the next
 * @param duration from a barrier to the completion of its checkpoint
 * @param deadline after which a delivery that is not durable is refused, or its sender gone
 */
record DeadlinePlan(Duration period, Duration duration, Duration deadline) {

    /** What comes of the deliveries of a stream that come at any time. */
    enum Verdict {
        /** Every one is durable in time. */
        KEPT,
        /** Those are late that come soon after a barrier. */
        KEPT_FOR_SOME,
        /** Every one is late. */
        BROKEN
    }

    /**
     * The plan for a job whose checkpoints, of which one is under way at a time, begin at {@code
     * interval}, or {@code pause} after the one before has completed, if that is later.
     */
    static DeadlinePlan of(
            Duration interval, Duration pause, Duration duration, Duration deadline) {
        Duration afterPause = duration.plus(pause);
        return new DeadlinePlan(
                interval.compareTo(afterPause) < 0 ? afterPause : interval, duration, deadline);
    }

    /** The plan for deliveries that come into their lane so much later than they were sent. */
    DeadlinePlan after(Duration wait) {
        return new DeadlinePlan(period, duration, deadline.minus(wait));
    }

    /** How long the delivery waits that comes right after a barrier. */
    Duration longestWait() {
        return period.plus(duration);
    }

    Verdict verdict() {
        if (longestWait().compareTo(deadline) < 0) {
            return Verdict.KEPT;
        }
        return duration.compareTo(deadline) < 0 ? Verdict.KEPT_FOR_SOME : Verdict.BROKEN;
    }

    /** The share of deliveries that are late, from 0 to 1, if they come evenly. */
    double lateShare() {
        double late = longestWait().minus(deadline).toNanos();
        return Math.min(1, Math.max(0, late / period.toNanos()));
    }
}
