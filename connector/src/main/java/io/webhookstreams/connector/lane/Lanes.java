/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.connector.config.ShedSettings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

import javax.annotation.Nullable;

/**
 * All lanes of one reader, and whose turn it is: one delivery of each lane after the other, but
 * what was restored before anything new.
 *
 * <p>Jetty's threads append, the task's thread does everything else. Callers hold the reader's
 * {@link io.webhookstreams.checkpoint.Gate} in every method that does not say otherwise.
 */
public final class Lanes {

    private final QueueBudget budget;
    private final Map<Integer, Lane> lanes = new TreeMap<>();
    private final Deque<Lane> restored = new ArrayDeque<>();
    private final Deque<Lane> ready = new ArrayDeque<>();
    private final AtomicInteger deliveries = new AtomicInteger();

    public Lanes(QueueBudget budget) {
        this.budget = budget;
    }

    /** Takes over a lane with what its split holds. */
    public void add(LaneSplit split) {
        if (lanes.containsKey(split.lane())) {
            throw new IllegalStateException(
                    "lane: %d (expected: one that this reader does not hold yet)"
                            .formatted(split.lane()));
        }
        Lane lane = new Lane(split, withPlaces(split.queue()));
        lanes.put(lane.id(), lane);
        deliveries.addAndGet(split.queue().size());
        schedule(lane);
    }

    /**
     * Numbers a delivery and puts it at the end of its lane.
     *
     * @param wire a copy of its wire form, which is completed here
     * @param place of the delivery, closed when it has been emitted or the lanes are cleared
     */
    public void append(int laneId, byte[] wire, QueuePlace place) {
        Lane lane = held(laneId);
        lane.append(new QueuedDelivery(wire, place));
        deliveries.incrementAndGet();
        schedule(lane);
    }

    /**
     * Charges to its stream what was charged to none that is configured, where it is by now: a
     * reader is given its lanes before it is told streams that have come since the job was
     * submitted.
     */
    public void attribute() {
        if (budget.holdsOthers()) {
            lanes.values().forEach(lane -> lane.replaceAll(budget::attributed));
        }
    }

    /** Counts a delivery that was appended, where its stream has a loss budget. */
    public void countKept(int laneId, String stream, long arrivedMillis, ShedSettings budget) {
        held(laneId).countKept(stream, arrivedMillis, budget);
    }

    /**
     * Spends one delivery of the stream's loss budget. False: it is spent, and nothing changed.
     * Each lane keeps within the budget for itself: so do any lanes together, however they are
     * dealt out.
     */
    public boolean shed(int laneId, String stream, long arrivedMillis, ShedSettings budget) {
        return held(laneId).countShed(stream, arrivedMillis, budget);
    }

    /** How many deliveries of the stream could be shed now if nothing else came. */
    public long mayBeShed(String stream, ShedSettings budget) {
        return lanes.values().stream()
                .mapToLong(lane -> lane.losses(stream).left(budget.budgetPpm()))
                .sum();
    }

    /** How many deliveries of the stream were shed in the windows that count now. */
    public long shed(String stream) {
        return lanes.values().stream().mapToLong(lane -> lane.losses(stream).shed()).sum();
    }

    /** Takes the next turn, or returns null when nothing is queued; {@link #finish} ends it. */
    @Nullable
    public Head next() {
        Lane lane = restored.isEmpty() ? ready.pollFirst() : restored.pollFirst();
        return lane == null ? null : lane.head();
    }

    /** The head was emitted in full: it leaves its lane, which queues up for another turn. */
    public void finish(Head head) {
        Lane lane = head.lane();
        lane.removeHead().place().close();
        deliveries.decrementAndGet();
        lane.scheduled(false);
        schedule(lane);
    }

    /** Every lane as of now, by its number; the splits share the deliveries' bytes. */
    public List<LaneSplit> snapshot() {
        List<LaneSplit> splits = new ArrayList<>(lanes.size());
        lanes.values().forEach(lane -> splits.add(lane.snapshot()));
        return splits;
    }

    /** The lanes' numbers, ascending. */
    public int[] ids() {
        return lanes.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** Forgets everything and closes all places. */
    public void clear() {
        lanes.values().forEach(lane -> lane.clear().forEach(left -> left.place().close()));
        lanes.clear();
        restored.clear();
        ready.clear();
        deliveries.set(0);
    }

    /** Deliveries queued and not fully emitted. Any thread, without the gate. */
    public int deliveries() {
        return deliveries.get();
    }

    private Lane held(int laneId) {
        Lane lane = lanes.get(laneId);
        if (lane == null) {
            throw new IllegalArgumentException(
                    "lane: %d (expected: one of %s)".formatted(laneId, lanes.keySet()));
        }
        return lane;
    }

    private void schedule(Lane lane) {
        if (!lane.isScheduled() && !lane.isEmpty()) {
            lane.scheduled(true);
            (lane.hasRestored() ? restored : ready).addLast(lane);
        }
    }

    private List<QueuedDelivery> withPlaces(List<byte[]> wires) {
        return wires.stream()
                .map(wire -> new QueuedDelivery(wire, budget.takeForRestored(wire)))
                .toList();
    }
}
