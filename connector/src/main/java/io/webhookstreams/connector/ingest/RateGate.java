/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.Verified;
import io.webhookstreams.connector.admission.RateLimits;
import io.webhookstreams.connector.admission.TokenBucket;
import io.webhookstreams.connector.config.RateScope;
import io.webhookstreams.connector.config.StreamSettings;

import java.time.Duration;

import javax.annotation.Nullable;

/**
 * Charges requests to the rate limits of their stream: to their address on arrival, and to what is
 * the vendor's only once it is known who sends, for strangers must not spend it. Charged is every
 * request that comes so far, whatever becomes of it. Any thread.
 */
final class RateGate {

    private RateGate() {}

    /** By its headers alone. */
    static void arrived(Incoming request) throws RefusedException {
        RateLimits limits = request.endpoint().rateLimits();
        if (limits.limitsAddresses()) {
            TokenBucket bucket = limits.ofAddress(request.exchange().clientAddress());
            charge(request, RateScope.ADDRESS, bucket);
        }
    }

    /** The request is its sender's. What one credential has too many costs the others nothing. */
    static void verified(Incoming request, Verified sender) throws RefusedException {
        RateLimits limits = request.endpoint().rateLimits();
        TokenBucket credential = limits.ofCredential(sender.secretName());
        charge(request, RateScope.CREDENTIAL, credential);
        try {
            charge(request, RateScope.STREAM, limits.stream());
        } catch (RefusedException e) {
            if (credential != null) {
                credential.giveBack();
            }
            throw e;
        }
    }

    private static void charge(Incoming request, RateScope scope, @Nullable TokenBucket bucket)
            throws RefusedException {
        if (bucket == null) {
            return;
        }
        request.isChargedTo(bucket);
        Duration wait = bucket.take();
        if (!wait.isZero()) {
            StreamSettings stream = request.endpoint().settings();
            request.endpoint().readers().metrics(stream.name()).rateLimited(scope);
            throw new RefusedException(refusal(stream), wait);
        }
    }

    private static Refusal refusal(StreamSettings stream) {
        return stream.access().byOverloadStatus()
                ? Refusal.rateLimit(stream.overloadStatus())
                : Refusal.RATE_LIMITED;
    }
}
