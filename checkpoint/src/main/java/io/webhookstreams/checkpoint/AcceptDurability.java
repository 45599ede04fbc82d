/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Explicit fire-and-forget: a delivery is answered as soon as it is appended, and a failure before
 * the next checkpoint loses it although the sender was told yes. For streams that say so in so many
 * words.
 *
 * <p>Each receipt settles on the thread that appended its delivery, before {@link #append} returns:
 * it serves requests, so it may write answers, and handing over one at a time would cost more than
 * writing. So nothing is ever open here, and closing refuses what comes and loses nothing. Any
 * thread.
 */
public final class AcceptDurability implements Durability {

    private final Gate gate;

    /** Under the gate. */
    private boolean closed;

    /**
     * @param gate the reader's; appends run under it, listeners never
     */
    public AcceptDurability(Gate gate) {
        this.gate = gate;
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
        SettlementBatches.settleEach(List.of(receipt), Settlement.DURABLE);
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
