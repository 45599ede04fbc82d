/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.admission.Quota;
import io.webhookstreams.connector.admission.TokenBucket;
import io.webhookstreams.connector.ingest.Answer.Header;

import java.util.Comparator;
import java.util.List;

/**
 * Tells a sender what its rate limits leave it, in the three fields of <a
 * href="https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-07">draft-ietf-httpapi-ratelimit-headers-07</a>,
 * which clients know; later drafts fold them into {@code RateLimit}, which few do. Of several
 * limits the one that leaves the fewest requests is told.
 */
final class RateLimitHeaders {

    private static final Comparator<Quota> BY_REMAINING =
            Comparator.comparingLong(Quota::remaining);

    private RateLimitHeaders() {}

    /**
     * The fields as of now; none where nothing is limited.
     *
     * @param charged what the request was charged to
     */
    static List<Header> of(List<TokenBucket> charged) {
        if (charged.isEmpty()) {
            return List.of();
        }
        Quota least = charged.stream().map(TokenBucket::quota).min(BY_REMAINING).orElseThrow();
        return List.of(
                new Header("RateLimit-Limit", Long.toString(least.limit())),
                new Header("RateLimit-Remaining", Long.toString(least.remaining())),
                new Header("RateLimit-Reset", Integer.toString(least.resetSeconds())));
    }
}
