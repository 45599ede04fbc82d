/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.Signer;

import java.time.Instant;
import java.util.UUID;

/** Signs with {@code Authorization: Bearer TOKEN}. */
record Bearer(String token) implements Signer {

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        return draft.header("Authorization", "Bearer " + token);
    }

    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public String toString() {
        return "Bearer ***";
    }
}
