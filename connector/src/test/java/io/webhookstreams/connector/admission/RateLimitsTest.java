/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.address.Addresses;
import io.webhookstreams.connector.config.AccessSettings;
import io.webhookstreams.connector.config.RateLimit;
import io.webhookstreams.connector.config.RateScope;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

class RateLimitsTest {

    /** A nano clock may begin anywhere. */
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    @Test
    void a_burst_passes_and_then_what_time_gives_back() {
        TokenBucket bucket = limits(RateScope.STREAM, 10, Duration.ofSeconds(1), 3).stream();

        assertThat(taken(bucket, 5)).isEqualTo(3);
        advance(Duration.ofMillis(99));
        assertThat(taken(bucket, 1)).isZero();
        advance(Duration.ofMillis(1));
        assertThat(taken(bucket, 2)).isEqualTo(1);
        advance(Duration.ofHours(1));
        assertThat(taken(bucket, 9)).isEqualTo(3);
    }

    @Test
    void the_wait_is_told_exactly_and_is_0_only_for_who_passes() {
        TokenBucket fast = limits(RateScope.STREAM, 1000, Duration.ofSeconds(1), 1).stream();
        assertThat(fast.take()).isZero();
        assertThat(fast.take()).isEqualTo(Duration.ofMillis(1));

        TokenBucket slow = limits(RateScope.STREAM, 1, Duration.ofMinutes(1), 1).stream();
        assertThat(slow.take()).isZero();
        assertThat(slow.take()).isEqualTo(Duration.ofMinutes(1));
        advance(Duration.ofMillis(30_001));
        assertThat(slow.take()).isEqualTo(Duration.ofMillis(29_999));
        advance(Duration.ofMillis(29_999));
        assertThat(slow.take()).isZero();
    }

    @Test
    void a_quota_tells_what_is_left_and_when_nothing_is_missing() {
        TokenBucket bucket = limits(RateScope.STREAM, 60, Duration.ofMinutes(1), 10).stream();
        assertThat(bucket.quota()).isEqualTo(new Quota(10, 10, 0));

        taken(bucket, 4);
        assertThat(bucket.quota()).isEqualTo(new Quota(10, 6, 4));
        taken(bucket, 100);
        assertThat(bucket.quota()).isEqualTo(new Quota(10, 0, 10));
        bucket.giveBack();
        assertThat(bucket.quota()).isEqualTo(new Quota(10, 1, 9));
    }

    @Test
    void the_largest_limits_do_not_overflow() {
        TokenBucket bucket = limits(RateScope.STREAM, 1, Duration.ofHours(1), 1_000_000).stream();

        assertThat(taken(bucket, 1_000_001)).isEqualTo(1_000_000);
        assertThat(bucket.take()).isEqualTo(Duration.ofHours(1));
        assertThat(bucket.quota().resetSeconds()).isEqualTo(Integer.MAX_VALUE);

        TokenBucket wide =
                limits(RateScope.STREAM, 1_000_000, Duration.ofSeconds(1), 1_000_000).stream();
        assertThat(taken(wide, 1_000_001)).isEqualTo(1_000_000);
    }

    @Test
    void credentials_do_not_spend_each_others() {
        RateLimits limits = limits(RateScope.CREDENTIAL, 1, Duration.ofMinutes(1), 2);

        assertThat(taken(limits.ofCredential("a"), 5)).isEqualTo(2);
        assertThat(taken(limits.ofCredential("b"), 5)).isEqualTo(2);
        assertThat(taken(limits.ofCredential("a"), 5)).isZero();
        assertThat(limits.stream()).isNull();
        assertThat(limits.limitsAddresses()).isFalse();
        assertThat(limits.ofAddress(null)).isNull();
    }

    @Test
    void addresses_do_not_spend_each_others_and_a_site_of_ipv6_is_one() {
        RateLimits limits = limits(RateScope.ADDRESS, 1, Duration.ofMinutes(1), 2);

        assertThat(taken(limits.ofAddress(address("192.0.2.1")), 5)).isEqualTo(2);
        assertThat(taken(limits.ofAddress(address("192.0.2.2")), 5)).isEqualTo(2);
        assertThat(taken(limits.ofAddress(address("2001:db8::1")), 5)).isEqualTo(2);
        assertThat(taken(limits.ofAddress(address("2001:db8::2")), 5)).isZero();
        assertThat(taken(limits.ofAddress(address("2001:db8:0:1::2")), 5)).isEqualTo(2);
        assertThat(taken(limits.ofAddress(null), 5)).isEqualTo(2);
        assertThat(taken(limits.ofAddress(null), 5)).isZero();
        assertThat(limits.ofCredential("a")).isNull();
    }

    @Test
    void a_full_bucket_is_forgotten_and_one_that_is_not_is_kept() {
        RateLimits limits = limits(RateScope.ADDRESS, 1, Duration.ofMinutes(1), 2);
        InetAddress client = address("192.0.2.1");
        taken(limits.ofAddress(client), 2);

        advance(Duration.ofSeconds(59));
        assertThat(taken(limits.ofAddress(client), 2)).isZero();
        advance(Duration.ofSeconds(119));
        assertThat(taken(limits.ofAddress(client), 5)).isEqualTo(2);
    }

    @Test
    void however_many_addresses_come_only_so_many_buckets_are_kept() {
        RateLimits limits = limits(RateScope.ADDRESS, 1, Duration.ofHours(1), 1);
        int many = 10 * RateLimits.MOST_ADDRESSES;
        for (int i = 0; i < many; i++) {
            limits.ofAddress(address("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)))
                    .take();
        }

        assertThat(limits.addressesKept()).isBetween(1L, (long) RateLimits.MOST_ADDRESSES);
    }

    @Test
    void many_threads_take_no_more_than_there_is() {
        TokenBucket bucket = limits(RateScope.STREAM, 1, Duration.ofHours(1), 1000).stream();
        AtomicInteger taken = new AtomicInteger();

        IntStream.range(0, 8).parallel().forEach(thread -> taken.addAndGet(taken(bucket, 1000)));

        assertThat(taken).hasValue(1000);
    }

    private RateLimits limits(RateScope scope, int requests, Duration period, int burst) {
        RateLimit limit = new RateLimit(requests, period, burst);
        return new RateLimits(
                new AccessSettings(List.of(), Map.of(scope, limit), false), nanos::get);
    }

    private static int taken(TokenBucket bucket, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take().isZero() ? 1 : 0;
        }
        return taken;
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text);
    }
}
