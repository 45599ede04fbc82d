/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** One event as a vendor has it: it keeps its id and its bytes through all attempts. */
public record Event(String id, String type, Instant created) {

    /** How the time of creation is written. */
    public enum Times {
        /** {@code "created":"2026-01-31T10:00:00Z"}. */
        TEXT,
        /** {@code "created":1769853600}, as Stripe has it. */
        SECONDS
    }

    /**
     * What bodies look like.
     *
     * @param padding bytes in each that mean nothing
     */
    public record Form(Times times, int padding) {

        /** With the time as text, and some padding. */
        public static final Form PLAIN = new Form(Times.TEXT, 200);
    }

    /** In the plain form. */
    public byte[] body() {
        return body(Form.PLAIN);
    }

    /** JSON without white space, so that it can be compared with what comes out. */
    public byte[] body(Form form) {
        Object time =
                switch (form.times()) {
                    case TEXT -> "\"" + created + "\"";
                    case SECONDS -> created.getEpochSecond();
                };
        return String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"type\":\"%s\",\"created\":%s,\"timestamp\":\"%s\",\"data\":{\"note\":\"%s\"}}",
                        id,
                        type,
                        time,
                        created,
                        "x".repeat(form.padding()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
