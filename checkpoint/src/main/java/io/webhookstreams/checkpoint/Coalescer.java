/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/**
 * Recognises retries: a delivery of an event that one reader has appended already, with the same
 * body, is not appended again. While the first one is pending, the retry's receipt is settled with
 * its epoch; once a completed checkpoint holds it, the answer is known at once.
 *
 * <p>What makes a yes from memory as good as one from a checkpoint:
 *
 * <ul>
 *   <li>It remembers the epoch that the delivery was appended in, and asks the {@link
 *       CheckpointDurability} whether that epoch is durable. Only a completion makes it so: neither
 *       a snapshot nor an aborted checkpoint does, nor the tier {@link Tier#ACCEPT}, nor a deadline
 *       that ended the first receipt.
 *   <li>What was {@link #restored} comes from a completed checkpoint, and is durable.
 *   <li>It lives as long as one attempt of one reader, and says nothing once that has closed. What
 *       a failure rolls back is forgotten with the attempt that appended it.
 * </ul>
 *
 * <p>Looking, appending and remembering are one step under the reader's {@link Gate}, so of
 * identical deliveries that come at once exactly one is appended, and a retry falls either before
 * or after the completion that makes its event durable. Every receipt is the retry's own, with its
 * own listener and deadline: what becomes of one request is nothing to another. It says {@link
 * Receipt#isOfLoss} if the first one was lost on purpose, whatever the retry was offered as.
 *
 * <p>An id that comes with several bodies is remembered with each of them: a retry of any is known.
 *
 * <p>Bounded: the oldest events are forgotten first, but none that is pending; when there are only
 * such, further ones are appended and not remembered. Safe from any thread.
 */
public final class Coalescer {

    /** What became of a delivery. */
    public enum Outcome {
        /** Appended; its receipt is registered. */
        APPENDED,
        /**
         * Appended, and its receipt registered, although its event id is known: with other bodies.
         */
        CONFLICTING,
        /**
         * Not appended: a delivery of the same event and body is pending, and this receipt will be
         * settled with it, or has been if the tier says yes on append.
         */
        JOINED,
        /**
         * Not appended: a completed checkpoint holds a delivery of the same event and body. The
         * receipt stays the caller's.
         */
        DURABLE,
        /**
         * Nothing happened, and the receipt stays the caller's: the append returned false, or the
         * durability is closed.
         */
        REFUSED;

        /** Whether the append was carried out. */
        public boolean isAppended() {
            return this == APPENDED || this == CONFLICTING;
        }
    }

    private final Gate gate;
    private final CheckpointDurability checkpoint;
    private final ByteBudget memory;
    private final Runnable joined;
    private final LongAdder notRemembered = new LongAdder();

    /**
     * Each event as its own key, in the order in which they were appended; but what is remembered
     * of an id with its first body comes after that with further ones, which it leads to. Under the
     * gate.
     */
    private final Map<EventIdentity, EventIdentity> events = new LinkedHashMap<>();

    /**
     * @param gate the reader's, and that of its durabilities
     * @param checkpoint the reader's; knows which epochs are durable
     * @param maxBytes what the memory may take, 0 for none
     */
    public Coalescer(Gate gate, CheckpointDurability checkpoint, long maxBytes) {
        this(gate, checkpoint, maxBytes, () -> {});
    }

    /**
     * @param joined runs under the gate whenever a receipt now waits for a checkpoint without an
     *     append: as short as one
     */
    public Coalescer(Gate gate, CheckpointDurability checkpoint, long maxBytes, Runnable joined) {
        this.gate = gate;
        this.checkpoint = checkpoint;
        this.memory = new ByteBudget("coalescing", maxBytes);
        this.joined = joined;
    }

    /**
     * {@link Durability#append}, unless the event is known. {@code append} runs as there, at most
     * once and under the gate.
     *
     * @param tier one of this reader's durabilities, which is asked to append
     * @param event not used by the caller afterwards, for it may be what is remembered
     */
    public Outcome append(
            Durability tier, EventIdentity event, Receipt receipt, BooleanSupplier append) {
        Step step = new Step(tier.tier(), event, receipt, append);
        boolean unused = tier.append(receipt, step);
        return step.outcome;
    }

    /**
     * Whether a completed checkpoint holds a delivery of the same event and body, as far as is
     * remembered; nothing is appended, and nothing joined. False once the durability is closed. If
     * true, {@code receipt}, which stays the caller's, promises a loss where that delivery was lost
     * on purpose.
     */
    public boolean isDurable(EventIdentity event, Receipt receipt) {
        gate.lock();
        try {
            EventIdentity known = known(event, events.get(event));
            if (known == null || checkpoint.isClosed() || !checkpoint.isDurable(known.epoch())) {
                return false;
            }
            if (known.isLost()) {
                receipt.promisesLoss();
            }
            return true;
        } finally {
            gate.unlock();
        }
    }

    /**
     * The state that this reader started from holds the event, so it is durable. Forgotten where
     * there is no room.
     */
    public void restored(EventIdentity event) {
        gate.lock();
        try {
            EventIdentity first = events.get(event);
            if (known(event, first) == null) {
                remember(event, first, EpochNumbers.RESTORED);
            }
        } finally {
            gate.unlock();
        }
    }

    /** Forgets everything. */
    public void clear() {
        gate.lock();
        try {
            events.keySet().forEach(event -> memory.giveBack(event.costBytes()));
            events.clear();
        } finally {
            gate.unlock();
        }
    }

    /** Bytes that are charged for what is remembered, at most {@code maxBytes}. */
    public long bytes() {
        return memory.used();
    }

    /** Deliveries that there was no room to remember: their retries are appended. */
    public long notRemembered() {
        return notRemembered.sum();
    }

    /**
     * What is remembered of the same event and body, or null. Under the gate.
     *
     * @param first what is remembered of its id with the first body, or null
     */
    private EventIdentity known(EventIdentity event, EventIdentity first) {
        return first == null || first.hasSameBody(event)
                ? first
                : events.get(event.ofFurtherBody());
    }

    /** An event that is not known, with {@code first} as there. Under the gate. */
    private void remember(EventIdentity event, EventIdentity first, long epoch) {
        if (!makeRoom(event.costBytes())) {
            notRemembered.increment();
            return;
        }
        // The first one may have been forgotten to make this room.
        boolean further = first != null && events.remove(first, first);
        EventIdentity key = further ? event.ofFurtherBody() : event;
        key.appendedIn(epoch);
        events.put(key, key);
        if (further) {
            events.put(first, first);
        }
    }

    /**
     * Takes so many bytes, forgetting the oldest that are durable where they do not fit. A pending
     * one ends the search, for it must stay.
     */
    private boolean makeRoom(long cost) {
        if (memory.take(cost)) {
            return true;
        }
        Iterator<EventIdentity> oldestFirst = events.keySet().iterator();
        while (cost <= memory.limit() && oldestFirst.hasNext()) {
            EventIdentity oldest = oldestFirst.next();
            if (!checkpoint.isDurable(oldest.epoch())) {
                return false;
            }
            oldestFirst.remove();
            memory.giveBack(oldest.costBytes());
            if (memory.take(cost)) {
                return true;
            }
        }
        return false;
    }

    /** What one append does under the gate, unless the durability is closed. */
    private final class Step implements BooleanSupplier {
        private final Tier tier;
        private final EventIdentity event;
        private final Receipt receipt;
        private final BooleanSupplier intoLane;
        private Outcome outcome = Outcome.REFUSED;

        Step(Tier tier, EventIdentity event, Receipt receipt, BooleanSupplier intoLane) {
            this.tier = tier;
            this.event = event;
            this.receipt = receipt;
            this.intoLane = intoLane;
        }

        /**
         * True: the durability is to register the receipt, or to settle it where that is enough.
         */
        @Override
        public boolean getAsBoolean() {
            EventIdentity first = events.get(event);
            EventIdentity known = known(event, first);
            boolean retry = known != null;
            return retry ? join(known) : append(first);
        }

        private boolean join(EventIdentity known) {
            if (known.isLost()) {
                receipt.promisesLoss();
            }
            if (checkpoint.isDurable(known.epoch())) {
                outcome = Outcome.DURABLE;
                return false;
            }
            outcome = Outcome.JOINED;
            if (tier == Tier.ACCEPT) {
                return true;
            }
            checkpoint.join(receipt, known.epoch());
            joined.run();
            return false;
        }

        private boolean append(EventIdentity first) {
            if (!intoLane.getAsBoolean()) {
                return false;
            }
            remember(event, first, checkpoint.openEpoch());
            outcome = first == null ? Outcome.APPENDED : Outcome.CONFLICTING;
            return true;
        }
    }
}
