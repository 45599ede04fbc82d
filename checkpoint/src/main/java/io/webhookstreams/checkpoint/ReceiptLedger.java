/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Epochs and their receipts: one open epoch, and sealed ones in ascending order of checkpoint id.
 * Pure bookkeeping: it settles nothing, knows no thread and no clock; {@link CheckpointDurability}
 * calls it under the gate.
 *
 * <p>Receipts may settle behind its back (deadline, disconnect). They are forgotten lazily: when
 * the ledger holds twice what was open at the last look, it looks again. So a checkpoint that never
 * completes costs memory for what is still held and not for what once was, and a registration costs
 * two looks at most on average.
 */
final class ReceiptLedger {

    private final int notWorthPruning;
    private final Deque<Epoch> sealed = new ArrayDeque<>();
    private List<Receipt> open = new ArrayList<>();
    private long lastSealed = Long.MIN_VALUE;
    private int size;
    private int pruneAt;

    /**
     * @param notWorthPruning below this many receipts it does not look for settled ones
     */
    ReceiptLedger(int notWorthPruning) {
        this.notWorthPruning = notWorthPruning;
        this.pruneAt = notWorthPruning;
    }

    /** Puts the receipt into the open epoch. */
    void register(Receipt receipt) {
        open.add(receipt);
        size++;
        if (size >= pruneAt) {
            prune();
        }
    }

    /**
     * Closes the open epoch under this id, which must be above all earlier ones, and opens the next
     * one.
     */
    void seal(long checkpointId) {
        // An epoch sealed later under a smaller id would be settled by a checkpoint that does not
        // contain it.
        if (checkpointId <= lastSealed) {
            throw new IllegalArgumentException(
                    "checkpointId: "
                            + checkpointId
                            + " (expected: > "
                            + lastSealed
                            + ", the last one cut)");
        }
        lastSealed = checkpointId;
        if (!open.isEmpty()) {
            sealed.addLast(new Epoch(checkpointId, open));
            open = new ArrayList<>();
        }
    }

    /**
     * Takes out every epoch sealed at or below this id, oldest first. Some of their receipts may be
     * settled already.
     */
    List<Epoch> complete(long checkpointId) {
        List<Epoch> completed = new ArrayList<>();
        while (!sealed.isEmpty() && sealed.peekFirst().checkpointId() <= checkpointId) {
            completed.add(take(sealed.removeFirst()));
        }
        resetPruning();
        return completed;
    }

    /** Takes out everything, sealed and open, oldest first. */
    List<Epoch> close() {
        List<Epoch> all = complete(Long.MAX_VALUE);
        if (!open.isEmpty()) {
            all.add(take(new Epoch(Long.MAX_VALUE, open)));
            open = new ArrayList<>();
        }
        resetPruning();
        return all;
    }

    /** How many receipts are registered and not settled. Looks at each of them. */
    int pending() {
        prune();
        return size;
    }

    /**
     * The receipt that has waited longest, or null when none is open. Looks at the settled ones
     * before it only.
     */
    Receipt oldestPending() {
        for (Epoch epoch : sealed) {
            Receipt oldest = firstOpen(epoch.receipts());
            if (oldest != null) {
                return oldest;
            }
        }
        return firstOpen(open);
    }

    /** How many receipts are listed, settled ones included. */
    int retained() {
        return size;
    }

    private Epoch take(Epoch epoch) {
        size -= epoch.receipts().size();
        return epoch;
    }

    private void prune() {
        for (Iterator<Epoch> epochs = sealed.iterator(); epochs.hasNext(); ) {
            List<Receipt> receipts = epochs.next().receipts();
            forgetSettled(receipts);
            if (receipts.isEmpty()) {
                epochs.remove();
            }
        }
        forgetSettled(open);
        resetPruning();
    }

    private void forgetSettled(List<Receipt> receipts) {
        int before = receipts.size();
        receipts.removeIf(Receipt::isSettled);
        size -= before - receipts.size();
    }

    private void resetPruning() {
        pruneAt = Math.max(notWorthPruning, 2 * size);
    }

    private static Receipt firstOpen(List<Receipt> receipts) {
        for (Receipt receipt : receipts) {
            if (!receipt.isSettled()) {
                return receipt;
            }
        }
        return null;
    }
}
