/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Coalescer.Outcome;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Seeded random histories of retries: appends of few events, cuts, completions in any order,
 * aborts, expiries, and crashes that restore the newest completed checkpoint. The lane and its
 * snapshots are the oracle: a yes of any kind is for what the newest completed checkpoint holds,
 * each life appends an event once at most, and whoever waits is told with the completion that
 * covers its event.
 */
class RandomRetriesTest {

    private static final int STEPS = 400;
    private static final int EVENTS = 6;
    private static final int STATE = 3;

    private final List<String> history = new ArrayList<>();
    private final Map<Long, List<Integer>> snapshots = new HashMap<>();
    private List<Integer> restorable = List.of();
    private long lastCut;
    private long newestCompleted;
    private long nextId;

    // One life of the reader; a crash begins the next.
    private List<Integer> lane;
    private Set<Integer> restored;
    private Settlements settlements;
    private CheckpointDurability checkpoint;
    private Coalescer coalescer;
    private Map<Long, Receipt> waiting;
    private Map<Long, Integer> eventOf;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_retry_is_answered_with_its_event_and_never_before(long seed) {
        Random random = new Random(seed);
        startReader();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4, 5, 6 -> offer(random.nextInt(EVENTS));
                case 7, 8, 9 -> cut();
                case 10, 11 -> complete(lastCut - random.nextInt(STATE));
                case 12 -> abort(lastCut - random.nextInt(STATE));
                case 13 -> expireOne(random);
                case 14 -> readGauge();
                default -> crashIf(random.nextInt(4) == 0);
            }
        }
    }

    private void startReader() {
        Gate gate = new Gate();
        lane = new ArrayList<>(restorable);
        restored = new HashSet<>(restorable);
        settlements = new Settlements();
        checkpoint = new CheckpointDurability(gate, Runnable::run, () -> 0, new ReceiptLedger(3));
        coalescer = new Coalescer(gate, checkpoint, 1 << 20);
        waiting = new HashMap<>();
        eventOf = new HashMap<>();
        restorable.forEach(event -> coalescer.restored(identity(event)));
    }

    private void offer(int event) {
        long id = nextId++;
        Receipt receipt = settlements.receipt(id);
        Outcome outcome =
                coalescer.append(checkpoint, identity(event), receipt, () -> lane.add(event));
        history.add(outcome + " " + event);
        switch (outcome) {
            case DURABLE -> assertThat(isDurable(event)).as(said()).isTrue();
            case APPENDED, JOINED -> {
                assertThat(isDurable(event)).as(said()).isFalse();
                waiting.put(id, receipt);
                eventOf.put(id, event);
            }
            case CONFLICTING, REFUSED -> throw new AssertionError(said());
        }
        assertThat(lane).as(said()).doesNotHaveDuplicates();
    }

    private void cut() {
        lastCut++;
        history.add("cut " + lastCut);
        snapshots.put(lastCut, checkpoint.cut(lastCut, () -> List.copyOf(lane)));
    }

    private void complete(long id) {
        if (!snapshots.containsKey(id)) {
            return;
        }
        history.add("complete " + id);
        if (id > newestCompleted) {
            newestCompleted = id;
            restorable = snapshots.get(id);
        }
        checkpoint.complete(id);
        for (long request : List.copyOf(waiting.keySet())) {
            boolean told = !settlements.of(request).isEmpty();
            assertThat(told)
                    .as("%s; request %d", said(), request)
                    .isEqualTo(isDurable(eventOf.get(request)));
            if (told) {
                assertThat(settlements.of(request)).containsExactly(Settlement.DURABLE);
                waiting.remove(request);
            }
        }
    }

    /** Nothing is emitted here, so what was ever durable is in the newest completed snapshot. */
    private boolean isDurable(int event) {
        return restored.contains(event) || restorable.contains(event);
    }

    private void abort(long id) {
        history.add("abort " + id);
        snapshots.remove(id);
        checkpoint.abort(id);
    }

    private void expireOne(Random random) {
        if (!waiting.isEmpty()) {
            List<Long> requests = new ArrayList<>(waiting.keySet());
            long request = requests.get(random.nextInt(requests.size()));
            history.add("expire " + request);
            waiting.remove(request).settle(Settlement.EXPIRED);
        }
    }

    /** Whoever asks for the gauge makes the ledger forget what is settled. */
    private void readGauge() {
        history.add("gauge");
        assertThat(checkpoint.pending()).as(said()).isEqualTo(waiting.size());
    }

    private void crashIf(boolean now) {
        if (now) {
            history.add("crash");
            snapshots.clear();
            startReader();
        }
    }

    private String said() {
        return String.join(", ", history);
    }

    private static EventIdentity identity(int event) {
        return new EventIdentity("orders", "evt-" + event, new byte[] {(byte) event});
    }
}
