/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Supplier;

/** Presents a bearer token; carries no event id. */
final class BearerSigner implements Signer {

    private final String authorization;
    private final Supplier<String> ids;

    BearerSigner(Secret secret, Supplier<String> ids) {
        this.authorization = "Bearer " + new String(secret.bytes(), StandardCharsets.US_ASCII);
        this.ids = ids;
    }

    @Override
    public Outgoing sign(Outgoing draft, Instant now, String id) {
        return draft.header("authorization", authorization);
    }

    @Override
    public String newId() {
        return ids.get();
    }
}
