/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Coalescer.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Real threads send the same events again and again, while one cuts, completes in the wrong order,
 * and leaves cuts without completion. Every event has one place in the lane, and whoever hears yes
 * hears it after a snapshot that holds this place has completed.
 */
class RetriesRaceCompletionTest {

    private static final int SENDERS = 4;
    private static final int DELIVERIES_EACH = 40_000;

    /** How many events the senders choose from at a time: so most deliveries are retries. */
    private static final int CHOICE = 24;

    /** A request, and what it was told. */
    private final class Request implements SettlementListener {
        private final int event;
        private final Queue<Settlement> told = new ConcurrentLinkedQueue<>();
        private volatile long completedWhenTold = -1;
        private Outcome outcome;

        Request(int event) {
            this.event = event;
        }

        @Override
        public void settled(Receipt receipt, Settlement settlement) {
            completedWhenTold = completedLength.get();
            told.add(settlement);
        }
    }

    private final Gate gate = new Gate();
    private final ExecutorService settlers = Executors.newFixedThreadPool(2);
    private final ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    private final CheckpointDurability checkpoint =
            new CheckpointDurability(gate, settlers, System::nanoTime, new ReceiptLedger(100));
    private final Coalescer coalescer = new Coalescer(gate, checkpoint, 64 << 20);

    /** Events in the order of their appends; under the gate. */
    private final List<Integer> lane = new ArrayList<>();

    /** Of the newest snapshot whose completion is being told, or was. */
    private final AtomicLong completedLength = new AtomicLong();

    @Test
    @Timeout(120)
    void each_event_is_appended_once_and_no_yes_is_early() throws Exception {
        List<Future<List<Request>>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            long seed = i;
            sending.add(senders.submit(() -> sendAll(new Random(seed))));
        }
        long checkpointId = 0;
        while (!sending.stream().allMatch(Future::isDone)) {
            checkpointId = cutSomeAndCompleteSome(checkpointId);
        }
        checkpointId++;
        cutAndComplete(checkpointId);
        stop(senders);
        stop(settlers);

        assertThat(lane).as("appended").doesNotHaveDuplicates();
        Map<Integer, Integer> place = new TreeMap<>();
        for (int i = 0; i < lane.size(); i++) {
            place.put(lane.get(i), i);
        }
        long retries = 0;
        for (Future<List<Request>> sent : sending) {
            for (Request request : sent.get()) {
                check(request, place.get(request.event));
                retries += request.outcome == Outcome.APPENDED ? 0 : 1;
            }
        }
        assertThat(retries).isEqualTo((long) SENDERS * DELIVERIES_EACH - lane.size());
        assertThat(checkpoint.pending()).isZero();
    }

    private List<Request> sendAll(Random random) {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < DELIVERIES_EACH; i++) {
            Request request = new Request(i / CHOICE * CHOICE + random.nextInt(CHOICE));
            Receipt receipt = new Receipt(i, request);
            request.outcome =
                    coalescer.append(
                            checkpoint,
                            new EventIdentity("orders", "evt-" + request.event, new byte[1]),
                            receipt,
                            () -> lane.add(request.event));
            if (request.outcome == Outcome.DURABLE) {
                request.completedWhenTold = completedLength.get();
            }
            if (random.nextInt(7) == 0) {
                receipt.settle(Settlement.EXPIRED);
            }
            requests.add(request);
        }
        return requests;
    }

    /** Cuts three and completes the second; the next round covers the third. */
    private long cutSomeAndCompleteSome(long lastId) {
        int unused = checkpoint.<Integer>cut(lastId + 1, lane::size);
        long length = checkpoint.<Integer>cut(lastId + 2, lane::size);
        unused = checkpoint.<Integer>cut(lastId + 3, lane::size);
        completedLength.set(length);
        checkpoint.complete(lastId + 2);
        checkpoint.complete(lastId + 1);
        return lastId + 3;
    }

    private void cutAndComplete(long id) {
        completedLength.set(checkpoint.<Integer>cut(id, lane::size));
        checkpoint.complete(id);
    }

    private static void check(Request request, long place) {
        if (request.outcome == Outcome.DURABLE) {
            assertThat(request.told).allMatch(told -> told == Settlement.EXPIRED);
            assertThat(place).as("said at once").isLessThan(request.completedWhenTold);
            return;
        }
        assertThat(request.outcome).isIn(Outcome.APPENDED, Outcome.JOINED);
        assertThat(request.told).as("answers").hasSize(1);
        if (request.told.contains(Settlement.DURABLE)) {
            assertThat(place).isLessThan(request.completedWhenTold);
        }
    }

    private static void stop(ExecutorService pool) throws InterruptedException {
        pool.shutdown();
        assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
}
