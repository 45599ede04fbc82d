/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.checkpoint.AcceptDurability;
import io.webhookstreams.checkpoint.CheckpointDurability;
import io.webhookstreams.checkpoint.Durability;
import io.webhookstreams.checkpoint.Gate;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;
import io.webhookstreams.connector.lane.QueuePlace;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The side of a reader that Jetty's threads see: appends what is offered, and settles it when a
 * checkpoint completes. The task's thread tells it what it owns and what becomes of checkpoints.
 */
final class ReaderIntake implements Intake {

    private static final int[] NO_LANES = {};

    private final Gate gate;
    private final Lanes lanes;
    private final QueueBudget budget;
    private final Availability availability;
    private final Watchdog watchdog;
    private final CheckpointDurability checkpoint;
    private final AcceptDurability accept;
    private final Demand demand;
    private final CheckpointPace pace;
    private final DrainRate drain;

    private boolean barrierSeen;
    private volatile int[] held = NO_LANES;
    private volatile boolean owned;
    private volatile boolean closed;

    /**
     * @param settlers run settlements: never the task's thread
     */
    ReaderIntake(
            Gate gate,
            Lanes lanes,
            QueueBudget budget,
            Availability availability,
            Watchdog watchdog,
            Executor settlers,
            Demand demand,
            LongSupplier nanoClock) {
        this.gate = gate;
        this.lanes = lanes;
        this.budget = budget;
        this.availability = availability;
        this.watchdog = watchdog;
        this.checkpoint = new CheckpointDurability(gate, settlers, nanoClock);
        this.accept = new AcceptDurability(gate);
        this.demand = demand;
        this.pace = new CheckpointPace(nanoClock, demand::sinceNanos);
        this.drain = new DrainRate(nanoClock);
    }

    @Override
    public Status status() {
        if (closed) {
            return Status.CLOSED;
        }
        if (!owned || held.length == 0) {
            return Status.STARTING;
        }
        return watchdog.isStalled() ? Status.STALLED : Status.OPEN;
    }

    @Override
    public int[] lanes() {
        return owned ? held : NO_LANES;
    }

    @Override
    public Offer offer(int lane, WebhookDelivery draft, Tier tier, Receipt receipt) {
        if (status() != Status.OPEN) {
            return Offer.NOT_OPEN;
        }
        byte[] wire = WebhookDeliveryWire.takenFrom(draft);
        QueuePlace place = budget.tryTake(draft.stream(), wire.length);
        if (place == null) {
            return Offer.FULL;
        }
        boolean appended = false;
        try {
            appended = durability(tier).append(receipt, () -> append(lane, wire, place));
        } finally {
            if (!appended) {
                place.close();
            }
        }
        if (!appended) {
            return Offer.NOT_OPEN;
        }
        availability.signal();
        demand.appended();
        return Offer.ACCEPTED;
    }

    private Durability durability(Tier tier) {
        return switch (tier) {
            case CHECKPOINT -> {
                watchdog.deliveryWaits();
                yield checkpoint;
            }
            case ACCEPT -> accept;
        };
    }

    /** Under the gate. */
    private boolean append(int lane, byte[] wire, QueuePlace place) {
        lanes.append(lane, wire, place);
        return true;
    }

    /** The lanes have changed; their ownership is to be granted anew. Task thread. */
    void lanesChanged() {
        owned = false;
        held = gate.locked(lanes::ids);
    }

    /** The enumerator has granted the lanes' ownership. Task thread. */
    void ownershipGranted() {
        owned = true;
    }

    /** Seals what was appended so far, and copies the lanes, as one step. Task thread. */
    List<LaneSplit> cut(long checkpointId) {
        if (!barrierSeen) {
            barrierSeen = true;
            watchdog.firstBarrier(checkpoint.pending() > 0);
        }
        pace.cut(checkpointId);
        return checkpoint.cut(checkpointId, lanes::snapshot);
    }

    /** Has the settlers settle everything cut at or before this checkpoint. Task thread. */
    void complete(long checkpointId) {
        watchdog.checkpointCompleted();
        pace.completed(checkpointId);
        checkpoint.complete(checkpointId);
        demand.completed(pace.completedCut());
    }

    /** The next completion covers what this one would have. Task thread. */
    void abort(long checkpointId) {
        checkpoint.abort(checkpointId);
    }

    @Override
    public boolean isOverHighWater(String stream) {
        return budget.of(stream).isOverHighWater();
    }

    @Override
    public long pendingDeliveries() {
        return Math.max(lanes.deliveries(), checkpoint.pending());
    }

    @Override
    public long pendingBytes() {
        return budget.used();
    }

    @Override
    public long nanosToDurable() {
        return pace.nanosToDurable();
    }

    @Override
    public long nanosToCompletion() {
        return pace.nanosToCompletion();
    }

    @Override
    public long nanosToDrain() {
        return drain.nanosFor(budget.used());
    }

    /** A delivery was emitted in full. Task thread. */
    void drained(int wireBytes) {
        drain.drained(QueueBudget.cost(wireBytes));
    }

    /** Nothing is queued. Task thread. */
    void emptied() {
        drain.emptied();
    }

    int pendingReceipts() {
        return checkpoint.pending();
    }

    long oldestPendingNanos() {
        return checkpoint.oldestPendingNanos();
    }

    boolean isStalled() {
        return watchdog.isStalled();
    }

    /**
     * Refuses every further offer and has the settlers settle what is open as LOST. Task thread.
     */
    void close() {
        closed = true;
        checkpoint.close();
        accept.close();
    }
}
