/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.enumerator.CheckpointDemand;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A delivery that comes as the reader finds that none does: it is not left waiting. */
@Timeout(60)
class DemandRaceTest {

    private static final int ROUNDS = 20_000;

    @Test
    void an_append_against_the_end_of_demand_leaves_demand() throws Exception {
        AtomicLong clock = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                List<CheckpointDemand> told = new CopyOnWriteArrayList<>();
                Demand demand =
                        new Demand(
                                Duration.ofNanos(1),
                                clock::incrementAndGet,
                                Runnable::run,
                                told::add);
                long cut = clock.addAndGet(1_000);
                Future<?> append =
                        other.submit(
                                () -> {
                                    start.await();
                                    clock.addAndGet(1_000);
                                    demand.appended();
                                    return null;
                                });
                start.await();
                demand.completed(cut);
                append.get();

                CheckpointDemand last =
                        told.stream()
                                .max(Comparator.comparingLong(CheckpointDemand::number))
                                .orElse(new CheckpointDemand(0, true));
                assertThat(last.waits()).as("round %d: %s", i, told).isTrue();
            }
        } finally {
            other.shutdownNow();
        }
    }
}
