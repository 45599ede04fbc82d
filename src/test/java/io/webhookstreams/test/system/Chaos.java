/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.support.Await;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * When to kill what. How often is {@code -Dchaos.kills}; the same {@code -Dchaos.seed} makes the
 * same choices, though the processes need not be in the same states.
 */
final class Chaos {

    private static final Logger LOG = LoggerFactory.getLogger(Chaos.class);

    private final int kills = Integer.getInteger("chaos.kills", 3);
    private final long seed = seedOrNew(Long.getLong("chaos.seed", 0L));
    private final SplittableRandom random = new SplittableRandom(seed);

    /** One kill and what follows it at once. */
    @FunctionalInterface
    interface Strike {
        void strike(SplittableRandom random) throws Exception;
    }

    long seed() {
        return seed;
    }

    /** Strikes again and again, after a calm of random length each time. */
    void run(Duration longestCalm, Strike strike) throws Exception {
        for (int kill = 1; kill <= kills; kill++) {
            Duration calm = Duration.ofMillis(random.nextLong(longestCalm.toMillis()));
            LOG.info("seed: {}, kill {} of {} in {} ms", seed, kill, kills, calm.toMillis());
            Await.pause(calm);
            strike.strike(random);
        }
    }

    @Override
    public String toString() {
        return "chaos.kills: " + kills + ", chaos.seed: " + seed;
    }

    private static long seedOrNew(long given) {
        return given == 0 ? System.nanoTime() : given;
    }
}
