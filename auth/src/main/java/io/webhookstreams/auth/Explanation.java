/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.util.List;
import java.util.Objects;

/**
 * Why a request passes or fails. For an operator's eyes only: the steps hold the expected digests,
 * and whoever has one can send that very body. No secret and no token is in it.
 *
 * @param decision the verifier's own
 * @param steps what the verifier did, in its order, a line each; printable ASCII
 * @param advice which usual mistake would explain a refusal; empty where the request passes
 */
public record Explanation(Decision decision, List<String> steps, List<String> advice) {

    public Explanation {
        Objects.requireNonNull(decision, "decision");
        steps = List.copyOf(steps);
        advice = List.copyOf(advice);
    }

    /** Whether the request passes. */
    public boolean isVerified() {
        return decision instanceof Verified;
    }
}
