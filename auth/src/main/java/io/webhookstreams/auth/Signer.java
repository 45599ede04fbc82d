/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.Map;

/**
 * Signs a body as the vendor would, for a command that sends test events, for tests and benchmarks.
 * Opened by {@link AuthSchemes#signer}; safe from any thread, never blocks.
 */
public interface Signer {

    /**
     * The headers to add to a {@code POST} of these bytes, under a fresh random event id. Never
     * null; empty for the type {@code none}.
     */
    Map<String, String> sign(byte[] body, Instant now);

    /**
     * As {@link #sign(byte[], Instant)}, under the caller's event id. It is used where the vendor
     * carries the id in a header, and ignored where the id is part of the body.
     *
     * @throws IllegalArgumentException if the scheme cannot carry this id
     */
    Map<String, String> sign(byte[] body, Instant now, String id);
}
