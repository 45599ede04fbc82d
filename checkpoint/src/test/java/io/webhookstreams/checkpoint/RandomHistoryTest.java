/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Seeded random histories of one reader and its restarts, step by step against {@link
 * ReferenceModel}: append, cut, complete in any order, abort, deadlines, disconnects, close and
 * crash.
 *
 * <p>The oracle of the promise is apart from the model: the lane and its snapshots. Whatever is
 * answered DURABLE must be in the snapshot of a checkpoint that completed, and so must come back
 * after a crash.
 */
class RandomHistoryTest {

    private static final int STEPS = 300;
    private static final long TICK = 10;

    private final AtomicLong clock = new AtomicLong();
    private final Deadlines deadlines = Deadlines.turnedByHand(clock::get, Duration.ofNanos(TICK));
    private final List<String> history = new ArrayList<>();

    private final Map<Long, List<Long>> snapshots = new HashMap<>();
    private final Set<Long> saved = new HashSet<>();
    private final Set<Long> answeredYes = new HashSet<>();
    private long lastCut;
    private long newestCompleted;
    private List<Long> restorable = List.of();
    private long nextId;

    // One life of the reader; a crash begins the next.
    private List<Long> lane = new ArrayList<>();
    private Settlements settlements;
    private ReferenceModel model;
    private CheckpointDurability durability;
    private Map<Long, Receipt> receipts;
    private Map<Long, Long> deadlineOf;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_receipt_ends_as_the_model_says_and_no_yes_is_early(long seed) {
        Random random = new Random(seed);
        startReader(random);
        for (int step = 0; step < STEPS; step++) {
            step(random);
            checkReceipts(seed);
            if (random.nextInt(10) == 0) {
                checkPending(seed);
            }
        }
        assertThat(deadlines.scheduled())
                .as("scheduled; seed: %d; history: %s", seed, history)
                .isEqualTo(model.pending().size());
    }

    private void startReader(Random random) {
        settlements = new Settlements();
        model = new ReferenceModel();
        receipts = new HashMap<>();
        deadlineOf = new HashMap<>();
        ReceiptLedger ledger = new ReceiptLedger(1 + random.nextInt(20));
        durability = new CheckpointDurability(new Gate(), Runnable::run, clock::get, ledger);
    }

    private void step(Random random) {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> append(1 + random.nextInt(600));
            case 9, 10, 11 -> cut(lastCut + 1 + random.nextInt(2));
            case 12, 13 -> complete(lastCut - random.nextInt(4));
            case 14 -> abort(lastCut - random.nextInt(4));
            case 15, 16 -> moveClock(random.nextInt(100));
            case 17 -> disconnect(random);
            case 18 -> closeIf(random.nextInt(8) == 0);
            default -> crashIf(random.nextInt(6) == 0, random);
        }
    }

    private void append(long timeToDeadline) {
        long id = nextId++;
        history.add("append " + id);
        Receipt receipt = settlements.receipt(id);
        boolean appended = durability.append(receipt, () -> lane.add(id));
        assertThat(appended).as("history: %s", history).isEqualTo(model.append(id));
        if (appended) {
            receipts.put(id, receipt);
            deadlineOf.put(id, clock.get() + timeToDeadline);
            deadlines.schedule(receipt, clock.get() + timeToDeadline);
        }
    }

    private void cut(long checkpointId) {
        history.add("cut " + checkpointId);
        lastCut = checkpointId;
        snapshots.put(checkpointId, durability.cut(checkpointId, () -> List.copyOf(lane)));
        model.cut(checkpointId);
    }

    private void complete(long checkpointId) {
        if (snapshots.containsKey(checkpointId)) {
            history.add("complete " + checkpointId);
            saved.addAll(snapshots.get(checkpointId));
            if (checkpointId > newestCompleted) {
                newestCompleted = checkpointId;
                restorable = snapshots.get(checkpointId);
            }
            durability.complete(checkpointId);
            model.complete(checkpointId);
        }
    }

    private void abort(long checkpointId) {
        history.add("abort " + checkpointId);
        snapshots.remove(checkpointId);
        durability.abort(checkpointId);
    }

    private void moveClock(long nanos) {
        history.add("wait " + nanos);
        clock.addAndGet(nanos);
        deadlines.turn();
        long turnedTo = clock.get() / TICK * TICK;
        deadlineOf.entrySet().removeIf(each -> expiredBy(turnedTo, each));
    }

    private boolean expiredBy(long time, Map.Entry<Long, Long> idAndDeadline) {
        boolean expired = idAndDeadline.getValue() <= time;
        if (expired) {
            model.expire(idAndDeadline.getKey());
        }
        return expired;
    }

    private void disconnect(Random random) {
        List<Long> pending = model.pending();
        if (!pending.isEmpty()) {
            long id = pending.get(random.nextInt(pending.size()));
            history.add("disconnect " + id);
            receipts.get(id).settle(Settlement.EXPIRED);
            model.expire(id);
        }
    }

    private void closeIf(boolean now) {
        if (now) {
            history.add("close");
            durability.close();
            model.close();
        }
    }

    /**
     * The process dies: nobody hears anything any more, and the newest completed checkpoint is all
     * there is.
     */
    private void crashIf(boolean now, Random random) {
        if (now) {
            history.add("crash");
            receipts.values().forEach(receipt -> receipt.settle(Settlement.LOST));
            snapshots.clear();
            lane = new ArrayList<>(restorable);
            assertThat(lane).as("restored; history: %s", history).containsAll(answeredYes);
            startReader(random);
        }
    }

    private void checkReceipts(long seed) {
        for (long id : receipts.keySet()) {
            List<Settlement> heard = settlements.of(id);
            if (!heard.equals(model.of(id))) {
                fail(
                        "receipt %d: %s (expected: %s); seed: %d; history: %s",
                        id, heard, model.of(id), seed, history);
            }
            if (heard.contains(Settlement.DURABLE)) {
                answeredYes.add(id);
            }
        }
        assertThat(saved)
                .as("no early yes; seed: %d; history: %s", seed, history)
                .containsAll(answeredYes);
    }

    private void checkPending(long seed) {
        assertThat(durability.pending())
                .as("pending; seed: %d; history: %s", seed, history)
                .isEqualTo(model.pending().size());
    }
}
