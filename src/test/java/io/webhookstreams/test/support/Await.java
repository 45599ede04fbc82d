/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.support;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a state of another process by asking again and again.
 *
 * <p>An {@link IOException} of the question means "not yet" (the process may still be starting);
 * the last one is the cause of the timeout's error. Any other exception ends the wait at once. Runs
 * on the caller's thread.
 */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A question whose answer is yes once the state has come. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** A question that has an answer once the state has come. */
    @FunctionalInterface
    public interface Question<T> {
        Optional<T> ask() throws IOException, InterruptedException;
    }

    private Await() {}

    /** Returns when the condition holds. */
    public static void until(String what, Duration timeout, Condition condition)
            throws InterruptedException {
        value(what, timeout, () -> condition.holds() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the first answer. */
    public static <T> T value(String what, Duration timeout, Question<T> question)
            throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        IOException last = null;
        while (System.nanoTime() - deadline < 0) {
            try {
                Optional<T> answer = question.ask();
                if (answer.isPresent()) {
                    return answer.get();
                }
            } catch (IOException notYet) {
                last = notYet;
            }
            pause(PAUSE);
        }
        throw new AssertionError(
                "%s: not so (expected: within %d s)".formatted(what, timeout.toSeconds()), last);
    }

    /** Lets time pass. For the pace of a simulated vendor or chaos, never to wait for a state. */
    public static void pause(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
