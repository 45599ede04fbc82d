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
 * <p>Bounded: the oldest events are forgotten first, but none that is pending; when there are only
 * such, further ones are appended and not remembered. Safe from any thread.
 */
public final class Coalescer {

    /** What became of a delivery. */
    public enum Outcome {
        /** Appended; its receipt is registered. */
        APPENDED,
        /**
         * Appended, and its receipt registered, although its event id is known: with another body.
         */
        CONFLICTING,
        /**
         * Not appended: a delivery of the same event is pending, and this receipt will be settled
         * with it, or has been if the tier says yes on append.
         */
        JOINED,
        /**
         * Not appended: a completed checkpoint holds a delivery of the same event. The receipt
         * stays the caller's.
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
    private final LongAdder notRemembered = new LongAdder();

    /** Each event as its own key, in the order in which they were appended; under the gate. */
    private final Map<EventIdentity, EventIdentity> events = new LinkedHashMap<>();

    /**
     * @param gate the reader's, and that of its durabilities
     * @param checkpoint the reader's; knows which epochs are durable
     * @param maxBytes what the memory may take, 0 for none
     */
    public Coalescer(Gate gate, CheckpointDurability checkpoint, long maxBytes) {
        this.gate = gate;
        this.checkpoint = checkpoint;
        this.memory = new ByteBudget("coalescing", maxBytes);
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
     * The state that this reader started from holds the event, so it is durable. The first one of
     * its id counts. Forgotten where there is no room.
     */
    public void restored(EventIdentity event) {
        gate.lock();
        try {
            if (!events.containsKey(event)) {
                remember(event, EpochNumbers.RESTORED);
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

    /** Under the gate. */
    private void remember(EventIdentity event, long epoch) {
        if (makeRoom(event.costBytes())) {
            event.appendedIn(epoch);
            events.put(event, event);
        } else {
            notRemembered.increment();
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
            EventIdentity known = events.get(event);
            boolean retry = known != null && known.hasSameBody(event);
            return retry ? join(known) : append(known);
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
            return false;
        }

        private boolean append(EventIdentity known) {
            if (!intoLane.getAsBoolean()) {
                return false;
            }
            if (known == null) {
                remember(event, checkpoint.openEpoch());
                outcome = Outcome.APPENDED;
            } else {
                outcome = Outcome.CONFLICTING;
            }
            return true;
        }
    }
}
