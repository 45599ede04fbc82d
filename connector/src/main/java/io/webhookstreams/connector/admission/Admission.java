/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Permit;

import javax.annotation.Nullable;

/** What limits the way in, for all streams of one listener. Any thread; never blocks. */
public record Admission(UnverifiedRequests unverified, ByteBudget held, DrainSwitch drain) {

    /**
     * What one held request is charged: its stream and buffers in the HTTP server, its exchange,
     * its receipt and deadline. Its body is not in it, for that is charged to the reader's queue.
     */
    public static final int HELD_REQUEST_BYTES = 8 * 1024;

    /** Room for one held request, to be given back when its answer has left; null when full. */
    @Nullable
    public Permit hold() {
        return held.tryAcquire(HELD_REQUEST_BYTES);
    }
}
