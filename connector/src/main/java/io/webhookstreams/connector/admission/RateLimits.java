/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.github.bucket4j.TimeMeter;
import io.webhookstreams.connector.address.ClientNetwork;
import io.webhookstreams.connector.config.AccessSettings;
import io.webhookstreams.connector.config.RateLimit;
import io.webhookstreams.connector.config.RateScope;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * The rate limits of one stream in one JVM. Of credentials and addresses, only so many are kept: a
 * bucket that is full again is forgotten, which changes nothing, and among more the one that is
 * least used, which then starts full. Any thread.
 */
public final class RateLimits {

    /** A bucket with its entry takes some 400 bytes. */
    static final int MOST_ADDRESSES = 10_000;

    static final int MOST_CREDENTIALS = 1_000;

    /** Who cannot be told apart shares one bucket. */
    private static final Object UNKNOWN_ADDRESS = "unknown";

    @Nullable private final TokenBucket stream;
    @Nullable private final Buckets<String> credentials;
    @Nullable private final Buckets<Object> addresses;

    /**
     * @param nanoClock nanoseconds from an arbitrary origin
     */
    public RateLimits(AccessSettings settings, LongSupplier nanoClock) {
        TimeMeter clock = new NanoMeter(nanoClock);
        RateLimit ofStream = settings.limit(RateScope.STREAM);
        RateLimit ofCredential = settings.limit(RateScope.CREDENTIAL);
        RateLimit ofAddress = settings.limit(RateScope.ADDRESS);
        this.stream = ofStream == null ? null : new TokenBucket(ofStream, clock);
        this.credentials =
                ofCredential == null ? null : new Buckets<>(ofCredential, clock, MOST_CREDENTIALS);
        this.addresses = ofAddress == null ? null : new Buckets<>(ofAddress, clock, MOST_ADDRESSES);
    }

    /** The bucket of the whole stream; null where it is not limited. */
    @Nullable
    public TokenBucket stream() {
        return stream;
    }

    /** The bucket of a credential by its name; null where credentials are not limited. */
    @Nullable
    public TokenBucket ofCredential(String name) {
        return credentials == null ? null : credentials.of(name);
    }

    /** Whether addresses are limited, so that it is worth while to know one. */
    public boolean limitsAddresses() {
        return addresses != null;
    }

    /**
     * The bucket of a client's network; null where addresses are not limited.
     *
     * @param client null where it is not known
     */
    @Nullable
    public TokenBucket ofAddress(@Nullable InetAddress client) {
        if (addresses == null) {
            return null;
        }
        return addresses.of(client == null ? UNKNOWN_ADDRESS : ClientNetwork.of(client));
    }

    /** Buckets of addresses that are kept now. */
    long addressesKept() {
        return addresses == null ? 0 : addresses.size();
    }

    private static final class Buckets<K> {

        private final Cache<K, TokenBucket> buckets;
        private final RateLimit limit;
        private final TimeMeter clock;

        Buckets(RateLimit limit, TimeMeter clock, int most) {
            this.limit = limit;
            this.clock = clock;
            this.buckets =
                    Caffeine.newBuilder()
                            .maximumSize(most)
                            .expireAfterAccess(untilFull(limit))
                            .ticker(clock::currentTimeNanos)
                            .executor(Runnable::run)
                            .build();
        }

        TokenBucket of(K key) {
            return buckets.get(key, unknown -> new TokenBucket(limit, clock));
        }

        long size() {
            buckets.cleanUp();
            return buckets.estimatedSize();
        }

        /** From empty, rounded up. */
        private static Duration untilFull(RateLimit limit) {
            return limit.period()
                    .multipliedBy(limit.burst())
                    .dividedBy(limit.requests())
                    .plusSeconds(1);
        }
    }

    private record NanoMeter(LongSupplier nanoClock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanoClock.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
