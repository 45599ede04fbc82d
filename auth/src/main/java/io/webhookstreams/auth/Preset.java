/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What is known of one vendor's webhooks: plain data from {@code presets.yaml}, immutable. A
 * stream's own settings win over it.
 *
 * @param name the {@link AuthSettings#type() type} that configurations use
 * @param title what people call it
 * @param schemes its signatures, at least one; the first that is for the request decides alone
 * @param envelope where events say what they are
 * @param successStatus the 2xx that the vendor takes for a success
 * @param overloadStatus 429 or 503, whichever costs less with this vendor
 * @param retries whether the vendor sends a delivery again by itself after a failure
 * @param bodyMayChangeOnRetry whether a retry under the same id may carry other bytes
 * @param deadline how long the vendor waits for an answer; null where it does not say
 * @param secret what the secret is and where the vendor shows it, for users; never null
 * @param retry what the vendor does after a failure, for users; never null
 * @param handshake what it asks of an endpoint before the first event, for users; null for nothing
 * @param notCovered what the signature does not protect, one sentence for users; never null
 */
public record Preset(
        String name,
        String title,
        List<SignatureScheme> schemes,
        Envelope envelope,
        int successStatus,
        int overloadStatus,
        boolean retries,
        boolean bodyMayChangeOnRetry,
        Duration deadline,
        String secret,
        String retry,
        String handshake,
        String notCovered) {

    public Preset {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        schemes = List.copyOf(schemes);
        Objects.requireNonNull(envelope, "envelope");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(notCovered, "not-covered");
        if (schemes.isEmpty()) {
            throw new IllegalArgumentException("schemes: 0 (expected: at least 1)");
        }
        if (successStatus < 200 || successStatus > 299) {
            throw new IllegalArgumentException(
                    "success-status: " + successStatus + " (expected: 200 to 299)");
        }
        if (overloadStatus != 429 && overloadStatus != 503) {
            throw new IllegalArgumentException(
                    "overload-status: " + overloadStatus + " (expected: 429 or 503)");
        }
    }

    /** The same with other tolerances where they are given; null keeps the vendor's own. */
    Preset with(Duration past, Duration future) {
        return new Preset(
                name,
                title,
                schemes.stream().map(scheme -> scheme.with(past, future)).toList(),
                envelope,
                successStatus,
                overloadStatus,
                retries,
                bodyMayChangeOnRetry,
                deadline,
                secret,
                retry,
                handshake,
                notCovered);
    }

    /** Whether it proves what was sent, beyond that its sender holds a secret. */
    public boolean signs() {
        return schemes.stream().allMatch(scheme -> scheme.algorithm().signs());
    }

    /**
     * Whether nobody without a secret can change what stands there. False for all places where
     * nothing is signed.
     */
    public boolean covers(ValueLocation location) {
        return schemes.stream().allMatch(scheme -> scheme.covers(location));
    }
}
