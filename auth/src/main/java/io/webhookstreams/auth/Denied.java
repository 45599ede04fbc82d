/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.Objects;

/**
 * The sender is not known. Senders get one answer for every cause; the cause is for metrics, the
 * detail for logs.
 *
 * @param cause why, from a closed set
 * @param detail one line of at most {@value #MAX_DETAIL} characters; never contains bytes of a
 *     secret, of a signature, or anything else the sender chose
 */
public record Denied(Cause cause, String detail) implements Decision {

    static final int MAX_DETAIL = 200;

    /** Every reason for a denial. */
    public enum Cause {
        /** The header that carries the credential is absent, or holds no version we accept. */
        MISSING_CREDENTIAL,
        /** It is there and cannot be a credential of this scheme: form, length, characters. */
        MALFORMED_CREDENTIAL,
        /** It is there more than once; choosing one would let a proxy and us disagree. */
        DUPLICATE_CREDENTIAL,
        /** Well formed, and made with none of the stream's secrets, or over other bytes. */
        NO_MATCH,
        /** Signed longer ago than the tolerance: possibly a replay. */
        TIMESTAMP_TOO_OLD,
        /** Signed further in the future than the tolerance. */
        TIMESTAMP_TOO_NEW,
        /** What the signature covers is not in the request: a header or a field of the body. */
        MISSING_CONTENT,
        /**
         * Made with a key that is not here yet and is being fetched: a vendor that has just changed
         * its key, or somebody who makes up names of keys. Once per name.
         */
        KEY_PENDING,
        /** A secret of the stream cannot be read, so nobody can tell. Ours to mend. */
        SECRET_UNAVAILABLE;

        /**
         * Whether the same request may pass later without a change by its sender: such a request
         * deserves a 503 rather than a 401.
         */
        public boolean isRetryable() {
            return this == SECRET_UNAVAILABLE || this == KEY_PENDING;
        }
    }

    public Denied {
        Objects.requireNonNull(cause, "cause");
        detail = SafeText.capped(detail, MAX_DETAIL);
    }
}
