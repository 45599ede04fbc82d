/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

@Timeout(60)
class ByteBudgetRaceTest {

    private static final int THREADS = 4;
    private static final long LIMIT = 1_000;

    private final ByteBudget budget = new ByteBudget("held", LIMIT);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void bytes_out_never_pass_the_limit_and_all_come_back() throws Exception {
        // Counted after taking and before giving back, so it never shows more than is really out.
        AtomicLong out = new AtomicLong();
        runOnEach(seed -> takeGrowShrinkAndClose(new Random(seed), seed, out));

        assertThat(budget.used()).isZero();
        assertThat(out).hasValue(0);
    }

    @Test
    void closing_from_many_threads_while_it_grows_and_shrinks_returns_exactly_its_bytes()
            throws Exception {
        try (Permit kept = budget.tryAcquire(10)) {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            for (int round = 0; round < 50; round++) {
                List<Permit> shared = emptyPermits(5_000);
                runOnEach(
                        thread -> {
                            together.await();
                            shared.forEach(permit -> changeAndClose(permit, thread));
                        });
            }

            assertThat(budget.used()).isEqualTo(kept.bytes());
        }
    }

    private List<Permit> emptyPermits(int count) {
        List<Permit> permits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.add(budget.tryAcquire(0));
        }
        return permits;
    }

    private static void changeAndClose(Permit permit, int thread) {
        if (thread < 2) {
            permit.tryGrow(20);
        } else if (thread == 2) {
            permit.shrinkTo(5);
        }
        permit.close();
    }

    private void takeGrowShrinkAndClose(Random random, int seed, AtomicLong out) {
        for (int round = 0; round < 50_000; round++) {
            Permit permit = budget.tryAcquire(random.nextInt(500));
            if (permit != null) {
                long bytes = permit.bytes();
                checkWithinLimit(out.addAndGet(bytes), seed);
                if (permit.tryGrow(100)) {
                    bytes += 100;
                    checkWithinLimit(out.addAndGet(100), seed);
                }
                out.addAndGet(-bytes);
                permit.shrinkTo(50);
                permit.close();
            }
        }
    }

    private void checkWithinLimit(long out, int seed) {
        assertThat(out).as("seed: %d", seed).isLessThanOrEqualTo(LIMIT);
        assertThat(budget.used()).as("seed: %d", seed).isBetween(0L, LIMIT);
    }

    @FunctionalInterface
    private interface Work {
        void run(int thread) throws Exception;
    }

    private void runOnEach(Work work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            running.add(
                    threads.submit(
                            () -> {
                                work.run(thread);
                                return null;
                            }));
        }
        for (Future<?> each : running) {
            each.get();
        }
    }
}
