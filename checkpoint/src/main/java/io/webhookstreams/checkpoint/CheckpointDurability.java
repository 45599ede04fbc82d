/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Durable means: in a completed checkpoint. Receipts gather in the open epoch; {@link #cut} seals
 * it together with the snapshot; {@link #complete} settles every epoch at or below its id.
 *
 * <p>A completion may be skipped or come late, and the next one covers it: checkpoint <i>n + 1</i>
 * contains what checkpoint <i>n</i> did. So completing 2 before 1 settles both and completing 1
 * afterwards does nothing, and an intermediate savepoint, which seals an epoch and is never
 * announced complete, delays its receipts until the next checkpoint.
 *
 * <p>Threads: {@link #append} from those that serve requests; {@link #cut}, {@link #complete} and
 * {@link #abort} from the one that takes checkpoints; the rest from any. Settlements run on the
 * settlers that the owner gave, in batches, and never under the gate. Only when these refuse the
 * work are receipts settled on the calling thread, for they must not stay open.
 */
public final class CheckpointDurability implements Durability {

    /** At some 40 bytes for each settled receipt, fewer than these are not worth looking for. */
    private static final int NOT_WORTH_PRUNING = 8_192;

    private final Gate gate;
    private final SettlementBatches batches;
    private final LongSupplier nanoClock;

    /** Under the gate. */
    private final ReceiptLedger ledger;

    /** Under the gate. */
    private boolean closed;

    /** Measures ages with the system's clock. */
    public CheckpointDurability(Gate gate, Executor settlers) {
        this(gate, settlers, System::nanoTime);
    }

    /**
     * @param gate the reader's; its snapshot and its appends run under it
     * @param settlers run the listeners; best several threads without a bound on the queue
     * @param nanoClock nanoseconds from an arbitrary origin, for {@link #oldestPendingNanos} only
     */
    public CheckpointDurability(Gate gate, Executor settlers, LongSupplier nanoClock) {
        this(gate, settlers, nanoClock, new ReceiptLedger(NOT_WORTH_PRUNING));
    }

    CheckpointDurability(
            Gate gate, Executor settlers, LongSupplier nanoClock, ReceiptLedger ledger) {
        this.gate = gate;
        this.batches = new SettlementBatches(settlers);
        this.nanoClock = nanoClock;
        this.ledger = ledger;
    }

    @Override
    public Tier tier() {
        return Tier.CHECKPOINT;
    }

    @Override
    public boolean append(Receipt receipt, BooleanSupplier append) {
        long now = nanoClock.getAsLong();
        gate.lock();
        try {
            if (closed || !append.getAsBoolean()) {
                return false;
            }
            receipt.registeredAt(now);
            ledger.register(receipt);
            return true;
        } finally {
            gate.unlock();
        }
    }

    /** The number of the epoch that what is appended now belongs to. Under the gate. */
    long openEpoch() {
        return ledger.openEpoch();
    }

    /** Whether a completed checkpoint holds what was appended in this epoch. Under the gate. */
    boolean isDurable(long epoch) {
        return ledger.isDurable(epoch);
    }

    /** Whether nothing is appended any more. Under the gate. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Registers a receipt as if its delivery had been appended in this epoch, which is not durable
     * yet: it settles with that one. Under the gate, and only while this is not closed.
     */
    void join(Receipt receipt, long epoch) {
        receipt.registeredAt(nanoClock.getAsLong());
        ledger.join(receipt, epoch);
    }

    /**
     * Takes the snapshot and seals the open epoch under {@code checkpointId}, as one step with
     * respect to {@link #append}: a receipt is in a sealed epoch exactly if its delivery was there
     * for the snapshot to see.
     *
     * @param checkpointId above those of all earlier cuts, or else {@link IllegalArgumentException}
     * @param snapshot runs once, on the calling thread, under the gate: copy references here and
     *     serialize afterwards. If it throws, that is passed on, nothing is sealed, and the next
     *     cut covers the epoch.
     * @return what {@code snapshot} returned, possibly null
     */
    public <S> S cut(long checkpointId, Supplier<S> snapshot) {
        gate.lock();
        try {
            S taken = snapshot.get();
            ledger.seal(checkpointId);
            return taken;
        } finally {
            gate.unlock();
        }
    }

    /**
     * Settles every epoch sealed at or below this id DURABLE, never the open one. Unknown and old
     * ids do nothing.
     */
    public void complete(long checkpointId) {
        settle(gate.locked(() -> ledger.complete(checkpointId)), Settlement.DURABLE);
    }

    /**
     * This checkpoint will not complete. Nothing is settled and nothing is forgotten: its epoch
     * stays sealed under its id, and the next completion above it covers it, for that checkpoint
     * contains the same deliveries.
     */
    @SuppressWarnings("unused") // The id is what happened, even where nothing follows from it.
    public void abort(long checkpointId) {}

    @Override
    public void close() {
        List<Epoch> lost =
                gate.locked(
                        () -> {
                            closed = true;
                            return ledger.close();
                        });
        settle(lost, Settlement.LOST);
    }

    /**
     * Receipts appended here and still open. Walks them under the gate: at the pace of a gauge, not
     * per request.
     */
    public int pending() {
        return gate.locked(ledger::pending);
    }

    /** Whether there are any {@link #pending}; without walking them. Any thread. */
    public boolean hasPending() {
        return gate.locked(ledger::oldestPending) != null;
    }

    /**
     * Nanoseconds since the oldest of the {@link #pending} receipts was appended; 0 when there is
     * none. Any thread.
     */
    public long oldestPendingNanos() {
        long now = nanoClock.getAsLong();
        Receipt oldest = gate.locked(ledger::oldestPending);
        return oldest == null ? 0 : Math.max(0, now - oldest.registeredNanos());
    }

    private void settle(List<Epoch> epochs, Settlement settlement) {
        for (Epoch epoch : epochs) {
            batches.settle(epoch.receipts(), settlement);
        }
    }
}
