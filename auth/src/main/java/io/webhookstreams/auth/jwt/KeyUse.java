/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import java.time.Instant;

/** When a key verifies, and what is counted of it. Any thread; never blocks. */
public interface KeyUse {

    /** Of a public key: its issuer says when it is gone. */
    KeyUse NONE = new KeyUse() {};

    /** Whether it verifies what arrived then. */
    default boolean isInTimeAt(Instant receivedAt) {
        return true;
    }

    /** It verified a request that arrived then. */
    default void used(Instant receivedAt) {}

    /** It made a request that was refused, since it is not its time. */
    default void refusedOutsideTime() {}
}
