/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.Map;

/** Adds nothing, for the type {@code none}. */
final class OpenSigner implements Signer {

    @Override
    public Map<String, String> sign(byte[] body, Instant now) {
        return Map.of();
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now, String id) {
        return Map.of();
    }
}
