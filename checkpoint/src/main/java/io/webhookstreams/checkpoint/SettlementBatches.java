/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Hands receipts to the settling threads, many per task, so that neither the thread that takes
 * checkpoints writes answers nor the executor sees one task per request.
 */
final class SettlementBatches {

    /**
     * Large enough that handing over costs little per receipt, small enough that several threads
     * share an epoch.
     */
    static final int SIZE = 256;

    private final Executor settlers;

    SettlementBatches(Executor settlers) {
        this.settlers = settlers;
    }

    /** Returns at once; {@code receipts} must not change afterwards. */
    void settle(List<Receipt> receipts, Settlement settlement) {
        for (int from = 0; from < receipts.size(); from += SIZE) {
            List<Receipt> batch = receipts.subList(from, Math.min(from + SIZE, receipts.size()));
            hand(() -> settleEach(batch, settlement));
        }
    }

    /** Settles all of them on the calling thread, whatever a listener throws. */
    static void settleEach(List<Receipt> receipts, Settlement settlement) {
        for (Receipt receipt : receipts) {
            try {
                receipt.settle(settlement);
            } catch (RuntimeException | Error e) {
                // The receipt is settled; those behind it must not stay open because its listener
                // failed.
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    private void hand(Runnable batch) {
        try {
            settlers.execute(batch);
        } catch (RejectedExecutionException e) {
            // The settling threads have stopped or are swamped. One answer per delivery counts for
            // more than the thread
            // that writes it.
            batch.run();
        }
    }
}
