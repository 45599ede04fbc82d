/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import io.webhookstreams.auth.Signer;

import java.time.Instant;
import java.util.Map;

/** Signs with {@code Authorization: Bearer TOKEN}. */
record Bearer(String token) implements Signer {

    @Override
    public Map<String, String> sign(byte[] body, Instant now) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Override
    public Map<String, String> sign(byte[] body, Instant now, String id) {
        return sign(body, now);
    }

    @Override
    public String toString() {
        return "Bearer ***";
    }
}
