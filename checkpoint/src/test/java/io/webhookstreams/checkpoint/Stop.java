/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place where a thread is held until the test lets it go on. */
final class Stop {

    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** For the thread that is to be stopped. */
    void here() {
        reached.countDown();
        await(released, "release");
    }

    /** Returns once a thread stands {@link #here}. */
    void awaitReached() {
        await(reached, "thread at the stop");
    }

    void release() {
        released.countDown();
    }

    /** Returns once the thread waits for a lock. */
    static void awaitBlocked(Thread thread) {
        awaitState(thread, Thread.State.WAITING);
    }

    /** Returns once the thread waits for a time to come. */
    static void awaitTimedWait(Thread thread) {
        awaitState(thread, Thread.State.TIMED_WAITING);
    }

    private static void awaitState(Thread thread, Thread.State expected) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (thread.getState() != expected) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s: %s (expected: %s)", thread.getName(), thread.getState(), expected)
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    static void awaitEnd(Thread thread) throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(thread.isAlive()).as("%s is alive", thread.getName()).isFalse();
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(what).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(what, e);
        }
    }
}
