/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.function.Supplier;

/** Adds nothing: for a stream that lets everyone in. */
final class OpenSigner implements Signer {

    private final Supplier<String> ids;

    OpenSigner(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        return draft;
    }

    @Override
    public String newId() {
        return ids.get();
    }
}
