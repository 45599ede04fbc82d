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
 * Seeded random histories of retries: appends of few events, each id with several bodies, cuts,
 * completions in any order, aborts, expiries, and crashes that restore the newest completed
 * checkpoint. The lane and its snapshots are the oracle: a yes of any kind is for what the newest
 * completed checkpoint holds, each life appends an event with one body once at most, and whoever
 * waits is told with the completion that covers its event. Where there is room for few of them
 * only, that holds of those that are pending and remembered.
 */
class RandomRetriesTest {

    private static final int STEPS = 400;
    private static final int IDS = 4;
    private static final int BODIES = 3;
    private static final int EVENTS = IDS * BODIES;
    private static final int STATE = 3;

    /** An append of an event, which is an id and a body, told from others of the same one. */
    private record Copy(int event, long serial) {
        int id() {
            return event % IDS;
        }
    }

    private final List<String> history = new ArrayList<>();
    private final Map<Long, List<Copy>> snapshots = new HashMap<>();
    private List<Copy> restorable = List.of();
    private boolean roomForAll;
    private long room;
    private long lastCut;
    private long newestCompleted;
    private long nextId;

    // One life of the reader; a crash begins the next.
    private List<Copy> lane;
    private Set<Copy> restored;
    private Settlements settlements;
    private CheckpointDurability checkpoint;
    private Coalescer coalescer;
    private Map<Long, Receipt> waiting;
    private Map<Long, Copy> copyOf;
    private Map<Integer, Copy> newest;
    private Set<Copy> remembered;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_retry_is_answered_with_its_event_and_never_before(long seed) {
        roomForAll = true;
        run(new Random(seed));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_pending_and_remembered_is_not_appended_again_however_little_room_there_is(
            long seed) {
        roomForAll = false;
        run(new Random(seed));
    }

    private void run(Random random) {
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
        room = (roomForAll ? 2 * EVENTS : EVENTS / 3) * identity(0).costBytes();
        coalescer = new Coalescer(gate, checkpoint, room);
        waiting = new HashMap<>();
        copyOf = new HashMap<>();
        newest = new HashMap<>();
        remembered = new HashSet<>();
        for (Copy copy : restorable) {
            newest.put(copy.event(), copy);
            coalescer.restored(identity(copy.event()));
        }
    }

    private void offer(int event) {
        Copy before = newest.get(event);
        Copy copy = new Copy(event, nextId);
        Receipt receipt = settlements.receipt(nextId);
        boolean idIsKnown = lane.stream().anyMatch(known -> known.id() == copy.id());
        long forgotten = coalescer.notRemembered();
        Outcome outcome =
                coalescer.append(checkpoint, identity(event), receipt, () -> lane.add(copy));
        history.add(outcome + " " + copy);
        switch (outcome) {
            case DURABLE -> assertThat(isDurable(before)).as(said()).isTrue();
            case JOINED -> {
                assertThat(isDurable(before)).as(said()).isFalse();
                waits(receipt, before);
            }
            case APPENDED, CONFLICTING -> {
                assertThat(remembered.contains(before) && !isDurable(before)).as(said()).isFalse();
                if (roomForAll) {
                    assertThat(before).as(said()).isNull();
                    assertThat(outcome == Outcome.CONFLICTING).as(said()).isEqualTo(idIsKnown);
                }
                newest.put(event, copy);
                if (coalescer.notRemembered() == forgotten) {
                    remembered.add(copy);
                }
                waits(receipt, copy);
            }
            case REFUSED -> throw new AssertionError(said());
        }
        assertThat(coalescer.bytes()).as(said()).isLessThanOrEqualTo(room);
        nextId++;
    }

    private void waits(Receipt receipt, Copy copy) {
        waiting.put(nextId, receipt);
        copyOf.put(nextId, copy);
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
                    .isEqualTo(isDurable(copyOf.get(request)));
            if (told) {
                assertThat(settlements.of(request)).containsExactly(Settlement.DURABLE);
                waiting.remove(request);
            }
        }
    }

    /** Nothing is emitted here, so what was ever durable is in the newest completed snapshot. */
    private boolean isDurable(Copy copy) {
        return restored.contains(copy) || restorable.contains(copy);
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
        return new EventIdentity("orders", "evt-" + event % IDS, new byte[] {(byte) event});
    }
}
