/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Explicit fire-and-forget: a delivery is answered as soon as it is appended, and a failure before
 * the next checkpoint loses it although the sender was told yes. For streams that say so in so many
 * words.
 *
 * <p>There is never anything open here except on its way to the settlers, so closing refuses what
 * comes and loses nothing. Any thread.
 */
public final class AcceptDurability implements Durability {

    private final Gate gate;
    private final SettlementBatches batches;

    /** Under the gate. */
    private boolean closed;

    /**
     * @param gate the reader's; appends run under it
     * @param settlers run the listeners, one task per delivery, after the append and never under
     *     the gate
     */
    public AcceptDurability(Gate gate, Executor settlers) {
        this.gate = gate;
        this.batches = new SettlementBatches(settlers);
    }

    @Override
    public Tier tier() {
        return Tier.ACCEPT;
    }

    @Override
    public boolean append(Receipt receipt, BooleanSupplier append) {
        if (!appendUnlessClosed(append)) {
            return false;
        }
        batches.settle(List.of(receipt), Settlement.DURABLE);
        return true;
    }

    @Override
    public void close() {
        gate.lock();
        try {
            closed = true;
        } finally {
            gate.unlock();
        }
    }

    private boolean appendUnlessClosed(BooleanSupplier append) {
        gate.lock();
        try {
            return !closed && append.getAsBoolean();
        } finally {
            gate.unlock();
        }
    }
}
