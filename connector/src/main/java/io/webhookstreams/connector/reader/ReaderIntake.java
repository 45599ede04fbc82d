/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.checkpoint.AcceptDurability;
import io.webhookstreams.checkpoint.CheckpointDurability;
import io.webhookstreams.checkpoint.Coalescer;
import io.webhookstreams.checkpoint.Coalescer.Outcome;
import io.webhookstreams.checkpoint.Durability;
import io.webhookstreams.checkpoint.EventIdentity;
import io.webhookstreams.checkpoint.Gate;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ShedLedger;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.config.ShedSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;
import io.webhookstreams.connector.lane.QueuePlace;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * The side of a reader that Jetty's threads see: appends what is offered, and settles it when a
 * checkpoint completes. The task's thread tells it what it owns and what becomes of checkpoints.
 */
final class ReaderIntake implements Intake {

    private static final int[] NO_LANES = {};

    /** Ids that are longer are the sender's whim, and not worth the memory of others. */
    private static final int LONGEST_EVENT_ID = 1_024;

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
    private final Coalescer coalescer;

    private boolean barrierSeen;
    private volatile int[] held = NO_LANES;
    private volatile boolean owned;
    private volatile boolean closed;

    /**
     * @param settlers run settlements: never the task's thread
     * @param coalescingMaxBytes memory for the events whose retries are recognised
     */
    ReaderIntake(
            Gate gate,
            Lanes lanes,
            QueueBudget budget,
            Availability availability,
            Watchdog watchdog,
            Executor settlers,
            Demand demand,
            LongSupplier nanoClock,
            long coalescingMaxBytes) {
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
        this.coalescer =
                new Coalescer(gate, checkpoint, coalescingMaxBytes, watchdog::deliveryWaits);
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
    public void serve(List<StreamSettings> streams) {
        budget.divide(streams);
        gate.locked(
                () -> {
                    lanes.attribute();
                    return null;
                });
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
        Appending appending = new Appending(lane, draft, tier);
        if (!durability(tier).append(receipt, appending)) {
            return appending.refusal();
        }
        availability.signal();
        demand.appended();
        return Offer.ACCEPTED;
    }

    @Override
    public Offer offerOnce(int lane, WebhookDelivery draft, Tier tier, Receipt receipt) {
        EventIdentity event = identity(draft, false);
        if (event == null) {
            return offer(lane, draft, tier, receipt);
        }
        if (status() != Status.OPEN) {
            return isDurable(event, receipt) ? Offer.DURABLE : Offer.NOT_OPEN;
        }
        Appending appending = new Appending(lane, draft, tier);
        Outcome outcome = coalescer.append(durability(tier), event, receipt, appending);
        if (outcome.isAppended()) {
            availability.signal();
            demand.appended();
        }
        return switch (outcome) {
            case APPENDED -> Offer.ACCEPTED;
            case CONFLICTING -> Offer.CONFLICTING;
            case JOINED -> Offer.JOINED;
            case DURABLE -> Offer.DURABLE;
            case REFUSED -> appending.refusal();
        };
    }

    @Override
    public boolean isDurable(WebhookDelivery draft, Receipt receipt) {
        return isDurable(identity(draft, false), receipt);
    }

    private boolean isDurable(@Nullable EventIdentity event, Receipt receipt) {
        Status now = status();
        return event != null
                && (now == Status.OPEN || now == Status.STALLED)
                && coalescer.isDurable(event, receipt);
    }

    /** Null where nothing tells its retries from other events. */
    @Nullable
    private static EventIdentity identity(WebhookDelivery draft, boolean lost) {
        String id = draft.eventId();
        return id == null || id.length() > LONGEST_EVENT_ID
                ? null
                : new EventIdentity(draft.stream(), id, draft.bodyDigest(), lost);
    }

    @Override
    public Offer shed(int lane, WebhookDelivery draft, boolean once, Receipt receipt) {
        ShedSettings settings = budget.of(draft.stream()).policy().shed();
        EventIdentity event = once ? identity(draft, true) : null;
        if (status() != Status.OPEN) {
            return isDurable(event, receipt) ? Offer.DURABLE : Offer.NOT_OPEN;
        }
        if (settings == null) {
            return Offer.FULL;
        }
        byte[] record =
                settings.ledger()
                        ? WebhookDeliveryWire.shedOf(draft, settings.keep(), ShedLedger.HIGH_WATER)
                        : null;
        BooleanSupplier spend = () -> spend(lane, draft, settings, record, receipt);
        Outcome outcome =
                event == null
                        ? unremembered(receipt, spend)
                        : coalescer.append(checkpoint, event, receipt, spend);
        if (outcome.isAppended()) {
            if (record != null) {
                availability.signal();
            }
            demand.appended();
        }
        return switch (outcome) {
            case APPENDED -> Offer.ACCEPTED;
            case CONFLICTING -> Offer.CONFLICTING;
            case JOINED -> Offer.JOINED;
            case DURABLE -> Offer.DURABLE;
            case REFUSED -> closed ? Offer.NOT_OPEN : Offer.FULL;
        };
    }

    private Outcome unremembered(Receipt receipt, BooleanSupplier spend) {
        return checkpoint.append(receipt, spend) ? Outcome.APPENDED : Outcome.REFUSED;
    }

    /** Under the gate. False: there is no room for the record, if there is one, or no budget. */
    private boolean spend(
            int lane,
            WebhookDelivery draft,
            ShedSettings settings,
            @Nullable byte[] record,
            Receipt receipt) {
        boolean spent =
                record == null
                        ? countShed(lane, draft, settings)
                        : appendShed(lane, draft, settings, record);
        if (spent) {
            receipt.promisesLoss();
            watchdog.deliveryWaits();
        }
        return spent;
    }

    private boolean countShed(int lane, WebhookDelivery draft, ShedSettings settings) {
        return lanes.shed(lane, draft.stream(), draft.receivedAt().toEpochMilli(), settings);
    }

    private boolean appendShed(
            int lane, WebhookDelivery draft, ShedSettings settings, byte[] record) {
        QueuePlace place = budget.tryTake(draft.stream(), record.length);
        if (place == null) {
            return false;
        }
        boolean appended = false;
        try {
            if (countShed(lane, draft, settings)) {
                append(lane, record, place);
                appended = true;
            }
        } finally {
            if (!appended) {
                place.close();
            }
        }
        return appended;
    }

    /** Under the gate. */
    private void append(int lane, byte[] wire, QueuePlace place) {
        lanes.append(lane, wire, place);
        drain.queued();
    }

    private Durability durability(Tier tier) {
        return switch (tier) {
            case CHECKPOINT -> checkpoint;
            case ACCEPT -> accept;
        };
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

    /**
     * What these splits hold comes from a completed checkpoint: retries of it are answered at once.
     * Before the lanes are owned. Task thread.
     */
    void restored(List<LaneSplit> splits) {
        if (lanes.deliveries() > 0) {
            gate.locked(
                    () -> {
                        drain.queued();
                        return null;
                    });
        }
        Map<String, String> streams = new HashMap<>();
        for (LaneSplit split : splits) {
            for (byte[] wire : split.queue()) {
                EventIdentity event = identity(wire, streams);
                if (event != null) {
                    coalescer.restored(event);
                }
            }
        }
    }

    @Nullable
    private static EventIdentity identity(byte[] wire, Map<String, String> streams) {
        try {
            WebhookDelivery delivery = WebhookDeliveryWire.read(wire);
            String id = delivery.eventId();
            String stream = streams.computeIfAbsent(delivery.stream(), name -> name);
            return id == null
                    ? null
                    : new EventIdentity(stream, id, delivery.bodyDigest(), delivery.isShed());
        } catch (IOException e) {
            // Its emission will say so; here it is only a delivery whose retries are not known.
            return null;
        }
    }

    /** Seals what was appended so far, and copies the lanes, as one step. Task thread. */
    List<LaneSplit> cut(long checkpointId) {
        if (!barrierSeen) {
            barrierSeen = true;
            gate.locked(
                    () -> {
                        watchdog.firstBarrier(checkpoint.hasPending());
                        return null;
                    });
        }
        pace.cut(checkpointId);
        return checkpoint.cut(checkpointId, lanes::snapshot);
    }

    /** Has the settlers settle everything cut at or before this checkpoint. Task thread. */
    void complete(long checkpointId) {
        watchdog.checkpointCompleted();
        pace.completed(checkpointId);
        checkpoint.complete(checkpointId);
        gate.locked(this::watchWhatStillWaits);
        demand.completed(pace.completedCut());
    }

    /** What was appended behind the cut. It may be only retried from now on, and never offered. */
    @Nullable
    private Void watchWhatStillWaits() {
        watchdog.stillWait(checkpoint.hasPending(), checkpoint.oldestPendingNanos());
        return null;
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
    public boolean hasRoomFor(String stream, int deliveries, long bytes) {
        return budget.hasRoomFor(stream, deliveries, bytes);
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

    /** Nothing is queued. Task thread, under the gate. */
    void emptied() {
        drain.emptied();
    }

    int pendingReceipts() {
        return checkpoint.pending();
    }

    /** Deliveries of the stream that could be shed now. */
    long mayBeShed(String stream) {
        ShedSettings shed = budget.of(stream).policy().shed();
        return shed == null ? 0 : gate.locked(() -> lanes.mayBeShed(stream, shed));
    }

    /** Deliveries of the stream that were shed in the windows that count now. */
    long shed(String stream) {
        return gate.locked(() -> lanes.shed(stream));
    }

    long oldestPendingNanos() {
        return checkpoint.oldestPendingNanos();
    }

    long coalescingBytes() {
        return coalescer.bytes();
    }

    long notRemembered() {
        return coalescer.notRemembered();
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
        coalescer.clear();
    }

    /** Under the gate: takes a place and appends, which a retry does not come to. */
    private final class Appending implements BooleanSupplier {
        private final int lane;
        private final WebhookDelivery draft;
        private final Tier tier;
        private boolean full;

        Appending(int lane, WebhookDelivery draft, Tier tier) {
            this.lane = lane;
            this.draft = draft;
            this.tier = tier;
        }

        @Override
        public boolean getAsBoolean() {
            byte[] wire = WebhookDeliveryWire.takenFrom(draft);
            QueuePlace place = budget.tryTake(draft.stream(), wire.length);
            full = place == null;
            if (full) {
                return false;
            }
            boolean appended = false;
            try {
                append(wire, place);
                appended = true;
            } finally {
                if (!appended) {
                    place.close();
                }
            }
            return true;
        }

        private void append(byte[] wire, QueuePlace place) {
            ReaderIntake.this.append(lane, wire, place);
            ShedSettings shed = place.policy().shed();
            if (shed != null) {
                lanes.countKept(lane, draft.stream(), draft.receivedAt().toEpochMilli(), shed);
            }
            if (tier == Tier.CHECKPOINT) {
                watchdog.deliveryWaits();
            }
        }

        /** Why it was not appended. */
        Offer refusal() {
            return full ? Offer.FULL : Offer.NOT_OPEN;
        }
    }
}
