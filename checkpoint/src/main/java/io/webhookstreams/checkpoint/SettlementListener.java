/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

/** Told once how a receipt ended: the place where the answer is written. */
@FunctionalInterface
public interface SettlementListener {

    /**
     * Called exactly once per receipt, on the thread whose {@link Receipt#settle} won: a settling
     * thread, the timer thread, or any thread that gave the receipt up. Must not block, since other
     * receipts wait behind it. What it throws goes to the caller of {@code settle}; this package's
     * own threads report it to their uncaught-exception handler and settle the next receipt.
     */
    void settled(Receipt receipt, Settlement settlement);
}
