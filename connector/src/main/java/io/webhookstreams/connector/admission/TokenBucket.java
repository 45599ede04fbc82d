/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.webhookstreams.connector.config.RateLimit;

import java.time.Duration;

/** One token bucket: a request takes a token, time gives them back. Any thread; takes no lock. */
public final class TokenBucket {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RateLimit limit;
    private final Bucket bucket;

    /** A full one. */
    TokenBucket(RateLimit limit, TimeMeter clock) {
        this.limit = limit;
        this.bucket =
                Bucket.builder()
                        .addLimit(
                                tokens ->
                                        tokens.capacity(limit.burst())
                                                .refillGreedy(limit.requests(), limit.period()))
                        .withCustomTimePrecision(clock)
                        .build();
    }

    /**
     * Takes a token.
     *
     * @return 0 if there was one, otherwise the time until there is one
     */
    public Duration take() {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Puts a token back that was taken in vain. */
    public void giveBack() {
        bucket.addTokens(1);
    }

    /** What is left now. */
    public Quota quota() {
        long left = Math.max(0, bucket.getAvailableTokens());
        long untilFull = (limit.burst() - left) * limit.period().toNanos() / limit.requests();
        return new Quota(limit.burst(), left, seconds(untilFull));
    }

    /** Rounded up: earlier would be too early. */
    private static int seconds(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, (nanos + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND);
    }
}
