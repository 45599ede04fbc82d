/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;

/** Shows that nothing holds on to an object. */
final class Garbage {

    private static final long PATIENCE_SECONDS = 10;

    private Garbage() {}

    /** Returns once the referent has been collected; fails if it never is. */
    static void awaitCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (reference.get() != null) {
            assertThat(System.nanoTime() - deadline)
                    .as("still retained: %s", reference.get())
                    .isNegative();
            System.gc();
        }
    }
}
