/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * How many seconds a refused sender is asked to wait: at least 1, and jittered, so that senders who
 * were refused together do not come back together. Any thread.
 */
public final class RetryAfter {

    private final Supplier<RandomGenerator> random;

    /**
     * @param random gives a generator that the calling thread may use
     */
    public RetryAfter(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    /** Between {@code least} and twice that, both included; 1 where {@code least} is below. */
    public int seconds(int least) {
        int floor = Math.max(1, least);
        return floor + random.get().nextInt(floor + 1);
    }
}
