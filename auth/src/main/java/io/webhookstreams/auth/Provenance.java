/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Objects;

/**
 * How well what is said of a vendor is known, when it was written down; for users. Null where there
 * is nothing to know.
 *
 * @param signature of the signature or token; never null
 * @param event of where events say what they are; never null
 * @param delivery of time limits, retries and answers; never null
 * @param handshake of what comes before the first event; null where nothing does
 * @param note what differs from that; null for nothing
 */
public record Provenance(Mark signature, Mark event, Mark delivery, Mark handshake, String note) {

    public Provenance {
        Objects.requireNonNull(signature, "provenance.signature");
        Objects.requireNonNull(event, "provenance.event");
        Objects.requireNonNull(delivery, "provenance.delivery");
    }

    /** Where it comes from. */
    public enum Mark {
        /** The vendor's documentation, SDK or specification was read. */
        @JsonProperty("verified")
        VERIFIED("verified against the vendor's own material"),
        /** Others' implementations or descriptions were read. */
        @JsonProperty("secondary")
        SECONDARY("not verified: by others' implementations or descriptions"),
        /** Nothing was read. */
        @JsonProperty("recalled")
        RECALLED("not verified: from memory");

        private final String text;

        Mark(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
