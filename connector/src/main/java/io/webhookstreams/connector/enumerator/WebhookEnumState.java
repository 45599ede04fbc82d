/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.BitSet;

import javax.annotation.Nullable;

/**
 * What the enumerator remembers. The lanes' content is the readers' state, never here.
 *
 * @param lanes their number, fixed for the life of the state
 * @param assigned the lanes that some reader's state holds; not to be changed
 * @param lastEpoch the newest ownership epoch that was granted
 * @param configuration the newest version of a configuration that is reloaded; null for one that is
 *     not
 */
public record WebhookEnumState(
        int lanes, BitSet assigned, long lastEpoch, @Nullable ConfigurationVersion configuration) {

    /** Without a configuration that is reloaded. */
    public WebhookEnumState(int lanes, BitSet assigned, long lastEpoch) {
        this(lanes, assigned, lastEpoch, null);
    }

    /** A job that starts without state. */
    public static WebhookEnumState fresh(int lanes) {
        return new WebhookEnumState(lanes, new BitSet(), 0);
    }
}
