/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.function.BooleanSupplier;

/**
 * Deliveries in, settlements out: asynchronous, and it may fail. One per reader and tier.
 *
 * <p>What is between {@link #append} and the settlement is the tier's own affair: a checkpoint that
 * completes, nothing at all, or a journal that has been synced. Whoever appends learns the outcome
 * only through the receipt's listener.
 */
public interface Durability extends AutoCloseable {

    /** What a DURABLE from here is worth. Constant; any thread. */
    Tier tier();

    /**
     * Takes over one delivery: runs {@code append}, which puts it into a lane, and registers its
     * receipt, as <b>one step with respect to the cut</b> of a snapshot. Otherwise a receipt could
     * stand in an epoch whose snapshot lacks its delivery, and would be an early yes.
     *
     * <p>Any thread; waits for nothing but the reader's {@link Gate}. {@code append} runs at most
     * once, on the calling thread, under the gate: it must be short, must not block and must not
     * settle receipts.
     *
     * @return true: appended and registered; the receipt will be settled by this durability, unless
     *     somebody else is first. False: nothing appended, nothing registered, and the receipt
     *     stays open for the caller to settle; either {@code append} returned false or this
     *     durability is closed. If {@code append} throws, that is passed on and nothing is
     *     registered.
     */
    boolean append(Receipt receipt, BooleanSupplier append);

    /**
     * From now on every append is refused, and every receipt still open here settles LOST.
     * Idempotent; any thread; does not wait for the settlements.
     */
    @Override
    void close();
}
