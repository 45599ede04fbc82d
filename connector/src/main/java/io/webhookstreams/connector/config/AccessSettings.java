/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

import javax.annotation.Nullable;

/**
 * Where a stream's requests may come from and how many of them; see {@link
 * io.webhookstreams.connector.AccessOptions}.
 *
 * @param allowedAddresses addresses and blocks, each one that can be parsed; empty for all
 * @param limits by what they count; nothing for what is not limited
 * @param byOverloadStatus whether the stream's overload status is what its vendor is known to retry
 *     or its owner chose, and so is the answer to too many requests; otherwise that is 429
 */
public record AccessSettings(
        List<String> allowedAddresses, Map<RateScope, RateLimit> limits, boolean byOverloadStatus)
        implements Serializable {

    public AccessSettings {
        allowedAddresses = List.copyOf(allowedAddresses);
        limits = Map.copyOf(limits);
    }

    /** Null where it is not limited. */
    @Nullable
    public RateLimit limit(RateScope scope) {
        return limits.get(scope);
    }

    /** What one sender may send a minute in the long run; null where that is not limited. */
    @Nullable
    Integer perMinute() {
        RateLimit stream = limit(RateScope.STREAM);
        RateLimit credential = limit(RateScope.CREDENTIAL);
        if (stream == null || credential == null) {
            RateLimit only = stream == null ? credential : stream;
            return only == null ? null : Integer.valueOf(only.perMinute());
        }
        return Math.min(stream.perMinute(), credential.perMinute());
    }
}
