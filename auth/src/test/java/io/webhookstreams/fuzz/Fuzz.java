/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.util.SplittableRandom;

/**
 * Checks a property on many inputs. Input number i of a run is made from the seed plus i, so that
 * the seed of the input that failed, which the failure prints, makes it the first one of the next
 * run: {@code -Dfuzz.seed=SEED}. Without it every run takes a new one. {@code -Dfuzz.times=N}
 * checks N times as many inputs.
 */
public final class Fuzz {

    private static final long TIMES = Long.getLong("fuzz.times", 1);

    private Fuzz() {}

    /** What must hold for whatever is made from the randomness; it throws where it does not. */
    @FunctionalInterface
    public interface Property {
        void check(SplittableRandom random) throws Exception;
    }

    /** Checks so many inputs, times {@code fuzz.times}. */
    public static void inputs(int number, Property property) {
        long first = Long.getLong("fuzz.seed", new SplittableRandom().nextLong());
        for (long i = 0; i < number * TIMES; i++) {
            check(first + i, property);
        }
    }

    // Errors too: an exhausted stack or heap is what is looked for.
    private static void check(long seed, Property property) {
        try {
            property.check(new SplittableRandom(seed));
        } catch (Exception | Error e) {
            throw new AssertionError("once more by -Dfuzz.seed=" + seed + ": " + e, e);
        }
    }
}
