/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.Map;

/**
 * Signs a request as the vendor would, for a command that sends test events, for tests and
 * benchmarks. Opened by {@link AuthSchemes#signer}; safe from any thread, never blocks.
 */
public interface Signer {

    /**
     * The same request with what proves its sender: headers, and where the vendor does so a query
     * parameter or fields of the JSON body, which is written anew then.
     *
     * @param id the event's id, used where the vendor carries it outside the event, and where it
     *     signs a nonce; ignored elsewhere
     * @throws IllegalArgumentException if the request lacks what is signed, or cannot carry this id
     */
    Outgoing sign(Outgoing draft, Instant now, String id);

    /** A fresh event id, for those who have none. */
    String newId();

    /**
     * The headers to add to a {@code POST} of these bytes, under a {@linkplain #newId fresh} event
     * id. Never null; empty for the type {@code none}.
     *
     * @throws IllegalArgumentException as {@link #sign(byte[], Instant, String)}
     */
    default Map<String, String> sign(byte[] body, Instant now) {
        return sign(body, now, newId());
    }

    /**
     * As {@link #sign(byte[], Instant)}, under the caller's event id.
     *
     * @throws IllegalArgumentException if headers are not all that the vendor changes, or it signs
     *     the URL
     */
    default Map<String, String> sign(byte[] body, Instant now, String id) {
        Outgoing signed = sign(Outgoing.post("/", body), now, id);
        if (signed.body() != body || signed.query() != null) {
            throw new IllegalArgumentException(
                    "body: changed when it is signed (expected: a type that signs in headers)");
        }
        return signed.headers();
    }
}
