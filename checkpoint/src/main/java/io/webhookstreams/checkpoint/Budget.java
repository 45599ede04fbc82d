/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

/** Where a {@link Permit}'s bytes come from and go back to. Lock-free; any thread. */
abstract class Budget {

    /** Takes all of them (0 or more); false: nothing was taken. */
    abstract boolean take(long bytes);

    /** Ends a {@link #take}, in whole or in part. */
    abstract void giveBack(long bytes);
}
