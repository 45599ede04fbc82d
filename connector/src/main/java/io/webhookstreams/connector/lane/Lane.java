/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.config.ShedSettings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** One lane of one reader; {@link Lanes} says under which lock. */
final class Lane {

    private final int id;
    private final Deque<QueuedDelivery> queue = new ArrayDeque<>();
    private final Map<String, LossWindow> losses = new TreeMap<>();
    private long nextSequence;
    private int restored;
    private int emittedOfHead;
    private boolean scheduled;

    /** The deliveries are those of the split, with their places. */
    Lane(LaneSplit split, List<QueuedDelivery> deliveries) {
        this.id = split.lane();
        this.nextSequence = split.nextSequence();
        this.emittedOfHead = split.emittedOfHead();
        this.restored = deliveries.size();
        this.queue.addAll(deliveries);
        split.losses().forEach(window -> losses.put(window.stream(), window));
    }

    int id() {
        return id;
    }

    /** Numbers the delivery and puts it at the end. */
    void append(QueuedDelivery delivery) {
        WebhookDeliveryWire.append(delivery.wire(), id, nextSequence);
        nextSequence++;
        queue.addLast(delivery);
    }

    /** Counts one that is appended, for the loss budget of its stream. */
    void countKept(String stream, long arrivedMillis, ShedSettings budget) {
        losses.put(stream, windowAt(stream, arrivedMillis, budget).withKept());
    }

    /** Counts one that is shed; false: the budget is spent, and nothing changed. */
    boolean countShed(String stream, long arrivedMillis, ShedSettings budget) {
        LossWindow window = windowAt(stream, arrivedMillis, budget);
        boolean may = window.maySpend(budget.budgetPpm());
        if (may) {
            losses.put(stream, window.withShed());
        }
        return may;
    }

    /** The window of the stream's last delivery; an empty one before the first. */
    LossWindow losses(String stream) {
        return losses.getOrDefault(stream, LossWindow.empty(stream));
    }

    private LossWindow windowAt(String stream, long arrivedMillis, ShedSettings budget) {
        return losses(stream).at(arrivedMillis, budget.window().toMillis());
    }

    Head head() {
        return new Head(this, queue.getFirst().wire(), emittedOfHead);
    }

    /** Says how many records of the head have been emitted. Task thread; needs no lock. */
    void emittedOfHead(int records) {
        emittedOfHead = records;
    }

    QueuedDelivery removeHead() {
        emittedOfHead = 0;
        restored = Math.max(0, restored - 1);
        return queue.removeFirst();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether the head comes from a restored split. */
    boolean hasRestored() {
        return restored > 0;
    }

    /** Whether a turn is due, or being taken: then it must not be scheduled again. */
    boolean isScheduled() {
        return scheduled;
    }

    void scheduled(boolean value) {
        scheduled = value;
    }

    /** Changes each delivery; its bytes must stay. */
    void replaceAll(UnaryOperator<QueuedDelivery> change) {
        List<QueuedDelivery> changed = queue.stream().map(change).toList();
        queue.clear();
        queue.addAll(changed);
    }

    LaneSplit snapshot() {
        List<byte[]> wires = new ArrayList<>(queue.size());
        queue.forEach(delivery -> wires.add(delivery.wire()));
        return new LaneSplit(id, nextSequence, emittedOfHead, wires, List.copyOf(losses.values()));
    }

    /** Empties the queue. */
    List<QueuedDelivery> clear() {
        List<QueuedDelivery> left = List.copyOf(queue);
        queue.clear();
        return left;
    }
}
