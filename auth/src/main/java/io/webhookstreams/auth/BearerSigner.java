/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Presents a bearer token; carries no event id. */
final class BearerSigner implements Signer {

    private final String authorization;

    BearerSigner(Secret secret) {
        this.authorization = "Bearer " + new String(secret.bytes(), StandardCharsets.US_ASCII);
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now) {
        return Map.of("authorization", authorization);
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now, String id) {
        return sign(body, now);
    }
}
