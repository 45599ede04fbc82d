/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.connector.WebhookDeliveryWire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** One lane of one reader; {@link Lanes} says under which lock. */
final class Lane {

    private final int id;
    private final Deque<QueuedDelivery> queue = new ArrayDeque<>();
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

    LaneSplit snapshot() {
        List<byte[]> wires = new ArrayList<>(queue.size());
        queue.forEach(delivery -> wires.add(delivery.wire()));
        return new LaneSplit(id, nextSequence, emittedOfHead, wires);
    }

    /** Empties the queue. */
    List<QueuedDelivery> clear() {
        List<QueuedDelivery> left = List.copyOf(queue);
        queue.clear();
        return left;
    }
}
