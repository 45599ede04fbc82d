/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Real threads: appenders, an expirer and one thread that cuts and completes, as fast as they can.
 * A delivery is known by its place in the lane and a snapshot by the lane's length, so "in the
 * snapshot" is one comparison.
 */
class AppendRacesCutTest {

    private static final int APPENDERS = 3;
    private static final int DELIVERIES_EACH = 40_000;
    private static final int CUTS_PER_ROUND = 3;

    /** A request: where its delivery stands, and what it was told. */
    private static final class Request implements SettlementListener {
        private final Queue<Settlement> told = new ConcurrentLinkedQueue<>();
        private volatile long place = -1;
        private volatile long completedWhenTold = -1;
        private final AppendRacesCutTest test;

        Request(AppendRacesCutTest test) {
            this.test = test;
        }

        @Override
        public void settled(Receipt receipt, Settlement settlement) {
            if (settlement == Settlement.DURABLE) {
                completedWhenTold = test.completedAtHandOver.get();
            }
            told.add(settlement);
        }
    }

    private final ExecutorService settlers = Executors.newFixedThreadPool(2);
    private final ThreadLocal<Long> completedAtHandOver = new ThreadLocal<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(APPENDERS + 1);
    private final CheckpointDurability durability =
            new CheckpointDurability(
                    new Gate(), this::handOver, System::nanoTime, new ReceiptLedger(100));

    /** Under the gate. */
    private long laneLength;

    /**
     * The length of the lane in the newest snapshot whose checkpoint has completed; the completing
     * thread's own, and passed on with what that thread hands over.
     */
    private long completedLength;

    @Test
    @Timeout(120)
    void no_early_yes_and_every_receipt_of_a_completed_epoch_is_settled_once() throws Exception {
        List<Future<List<Request>>> appenders = new ArrayList<>();
        for (int i = 0; i < APPENDERS; i++) {
            int expireEvery = 5 + i;
            appenders.add(threads.submit(() -> appendAll(expireEvery)));
        }

        long checkpointId = 0;
        while (!appenders.stream().allMatch(Future::isDone)) {
            checkpointId = cutSomeAndCompleteAllButTheNewest(checkpointId);
        }
        cutSomeAndCompleteAllButTheNewest(checkpointId);
        stop(settlers);
        stop(threads);

        assertThat(laneLength).isEqualTo((long) APPENDERS * DELIVERIES_EACH);
        for (Future<List<Request>> appender : appenders) {
            appender.get().forEach(AppendRacesCutTest::check);
        }
        assertThat(durability.pending()).isZero();
    }

    private void handOver(Runnable batch) {
        long completed = completedLength;
        settlers.execute(
                () -> {
                    completedAtHandOver.set(completed);
                    batch.run();
                });
    }

    private List<Request> appendAll(int expireEvery) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < DELIVERIES_EACH; i++) {
            Request request = new Request(this);
            Receipt receipt = new Receipt(i, request);
            assertThat(
                            durability.append(
                                    receipt,
                                    () -> {
                                        request.place = laneLength++;
                                        return true;
                                    }))
                    .isTrue();
            if (i % expireEvery == 0) {
                receipt.settle(Settlement.EXPIRED);
            }
            requests.add(request);
        }
        return requests;
    }

    /** The newest completes with the next round, and the others in the wrong order. */
    private long cutSomeAndCompleteAllButTheNewest(long lastId) {
        Map<Long, Long> lengthAt = new TreeMap<>();
        long id = lastId;
        for (int i = 0; i < CUTS_PER_ROUND; i++) {
            id++;
            lengthAt.put(id, durability.cut(id, () -> laneLength));
        }
        long completed = id - 1;
        completedLength = lengthAt.get(completed);
        durability.complete(completed);
        durability.complete(completed - 1);
        return id;
    }

    private static void check(Request request) {
        assertThat(request.told).as("answers of the delivery at %d", request.place).hasSize(1);
        if (request.told.contains(Settlement.DURABLE)) {
            assertThat(request.place)
                    .as(
                            "place in the lane, of which %d were saved when told yes",
                            request.completedWhenTold)
                    .isLessThan(request.completedWhenTold);
        }
    }

    private static void stop(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
}
