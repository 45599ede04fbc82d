/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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
    private final EpochNumbers numbers = new EpochNumbers();

    /** By checkpoint id. */
    private final NavigableMap<Long, List<Receipt>> sealed = new TreeMap<>();

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
        add(receipt, open);
    }

    /** The number of the open epoch, for {@link #isDurable} and {@link #join}. */
    long openEpoch() {
        return numbers.open();
    }

    /** Whether a completed checkpoint holds what was appended in this epoch. */
    boolean isDurable(long epoch) {
        return numbers.isDurable(epoch);
    }

    /** Puts the receipt into an earlier epoch, which is not durable yet: it ends with that one. */
    void join(Receipt receipt, long epoch) {
        Long checkpointId = numbers.coveredBy(epoch);
        add(
                receipt,
                checkpointId == null
                        ? open
                        : sealed.computeIfAbsent(checkpointId, vanished -> new ArrayList<>()));
    }

    private void add(Receipt receipt, List<Receipt> epoch) {
        epoch.add(receipt);
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
        numbers.seal(checkpointId);
        if (!open.isEmpty()) {
            sealed.put(checkpointId, open);
            open = new ArrayList<>();
        }
    }

    /**
     * Takes out every epoch sealed at or below this id, oldest first. Some of their receipts may be
     * settled already.
     */
    List<Epoch> complete(long checkpointId) {
        numbers.complete(checkpointId);
        return takeSealed(checkpointId);
    }

    /** Takes out everything, sealed and open, oldest first; nothing becomes durable by that. */
    List<Epoch> close() {
        List<Epoch> all = takeSealed(Long.MAX_VALUE);
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
     * before the first open one of each epoch only.
     */
    Receipt oldestPending() {
        Receipt oldest = firstOpen(open);
        for (List<Receipt> epoch : sealed.descendingMap().values()) {
            Receipt first = firstOpen(epoch);
            // One that has joined an earlier epoch may be younger than those of a later one.
            if (oldest == null || (first != null && !first.isYoungerThan(oldest))) {
                oldest = first;
            }
        }
        return oldest;
    }

    /** How many receipts are listed, settled ones included. */
    int retained() {
        return size;
    }

    private List<Epoch> takeSealed(long checkpointId) {
        List<Epoch> taken = new ArrayList<>();
        while (!sealed.isEmpty() && sealed.firstKey() <= checkpointId) {
            Map.Entry<Long, List<Receipt>> epoch = sealed.pollFirstEntry();
            taken.add(take(new Epoch(epoch.getKey(), epoch.getValue())));
        }
        resetPruning();
        return taken;
    }

    private Epoch take(Epoch epoch) {
        size -= epoch.receipts().size();
        return epoch;
    }

    private void prune() {
        for (Iterator<List<Receipt>> epochs = sealed.values().iterator(); epochs.hasNext(); ) {
            List<Receipt> receipts = epochs.next();
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
