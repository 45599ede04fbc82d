/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.ByteShare;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.checkpoint.WeightedBudget;

import javax.annotation.Nullable;

/**
 * What limits the way in, for all streams of one listener. Any thread; never blocks.
 *
 * @param held all memory for held requests
 * @param heldShares its division among the streams
 */
public record Admission(
        UnverifiedRequests unverified,
        ByteBudget held,
        WeightedBudget heldShares,
        DrainSwitch drain) {

    /**
     * What one held request is charged: its stream and buffers in the HTTP server, its exchange,
     * its receipt and deadline. Its body is not in it, for that is charged to the reader's queue.
     */
    public static final int HELD_REQUEST_BYTES = 8 * 1024;

    /**
     * Room for one held request, to be given back when its answer has left; null when full.
     *
     * @param room the stream's share of {@link #heldShares}
     */
    @Nullable
    public static Permit hold(ByteShare room) {
        return room.tryAcquire(HELD_REQUEST_BYTES);
    }
}
