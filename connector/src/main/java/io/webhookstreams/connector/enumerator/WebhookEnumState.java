/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.BitSet;

/**
 * What the enumerator remembers. The lanes' content is the readers' state, never here.
 *
 * @param lanes their number, fixed for the life of the state
 * @param assigned the lanes that some reader's state holds; not to be changed
 * @param lastEpoch the newest ownership epoch that was granted
 */
public record WebhookEnumState(int lanes, BitSet assigned, long lastEpoch) {

    /** A job that starts without state. */
    public static WebhookEnumState fresh(int lanes) {
        return new WebhookEnumState(lanes, new BitSet(), 0);
    }
}
