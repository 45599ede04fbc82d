/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One event as a vendor has it: it keeps its id and its bytes through all attempts. */
public record Event(String id, String type, Instant created) {

    public byte[] body() {
        return """
                {"id":"%s","type":"%s","created":"%s","data":{"note":"%s"}}"""
                .formatted(id, type, created, "x".repeat(200))
                .getBytes(StandardCharsets.UTF_8);
    }
}
