/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** One event as a vendor has it: it keeps its id and its bytes through all attempts. */
public record Event(String id, String type, Instant created) {

    static final int PADDING = 200;

    /** How the time of creation is written. */
    public enum Times {
        /** {@code "created":"2026-01-31T10:00:00Z"}. */
        TEXT,
        /** {@code "created":1769853600}, as Stripe has it. */
        SECONDS
    }

    /** With the time as text, and some padding. */
    public byte[] body() {
        return body(Times.TEXT, PADDING);
    }

    /**
     * JSON without white space, so that it can be compared with what comes out.
     *
     * @param padding characters in it that mean nothing
     */
    public byte[] body(Times times, int padding) {
        Object time = times == Times.SECONDS ? created.getEpochSecond() : "\"" + created + "\"";
        return String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"type\":\"%s\",\"created\":%s,\"timestamp\":\"%s\",\"data\":{\"note\":\"%s\"}}",
                        id,
                        type,
                        time,
                        created,
                        "x".repeat(padding))
                .getBytes(StandardCharsets.UTF_8);
    }
}
