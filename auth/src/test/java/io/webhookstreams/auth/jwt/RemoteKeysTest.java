/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import io.webhookstreams.auth.jwt.KeySource.Missing;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** When keys are fetched, and what requests are told meanwhile; the clock is moved by hand. */
class RemoteKeysTest {

    private static final URI URL = URI.create("https://issuer.example.com/keys");
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration TOLERANCE = Duration.ofHours(1);

    private final Deque<CompletableFuture<byte[]>> fetches = new ArrayDeque<>();
    private int started;
    private long nanos = 1_000;

    private final RemoteKeys keys =
            new RemoteKeys(
                    URL,
                    new JwtSettings(
                            null, null, null, null, null, null, null, null, null, null, INTERVAL,
                            TOLERANCE, null),
                    url -> {
                        started++;
                        fetches.add(new CompletableFuture<>());
                        return fetches.getLast();
                    },
                    () -> nanos);

    @Test
    void before_the_first_fetch_nobody_can_tell() {
        assertThat(find("a")).isEqualTo(Missing.UNAVAILABLE);
        assertThat(started).as("a request starts nothing").isZero();
        keys.refresh();
        assertThat(find("a")).isEqualTo(Missing.UNAVAILABLE);
        answer("a");
        assertThat(find("a")).isNull();
    }

    @Test
    void keys_are_fetched_again_before_anybody_asks() {
        loaded("a");
        after(INTERVAL.minusNanos(1));
        keys.refresh();
        assertThat(started).isEqualTo(1);
        after(Duration.ofNanos(1));
        keys.refresh();
        assertThat(started).isEqualTo(2);
        answer("b");
        assertThat(find("b")).isNull();
        assertThat(find("a")).isEqualTo(Missing.LOOKED_FOR);
    }

    @Test
    void an_unknown_key_is_looked_for_once_and_then_unknown() {
        loaded("a");
        after(RemoteKeys.PAUSE);
        assertThat(find("b")).isEqualTo(Missing.LOOKED_FOR);
        assertThat(find("b")).isEqualTo(Missing.LOOKED_FOR);
        keys.refresh();
        assertThat(find("b")).as("while it is fetched").isEqualTo(Missing.LOOKED_FOR);
        answer("a");
        assertThat(find("b")).isEqualTo(Missing.UNKNOWN);

        after(RemoteKeys.PAUSE);
        keys.refresh();
        assertThat(started).as("nothing new to look for").isEqualTo(2);
    }

    @Test
    void a_key_that_has_just_been_changed_is_found_by_the_vendors_retry() {
        loaded("a");
        after(RemoteKeys.PAUSE);
        assertThat(find("b")).isEqualTo(Missing.LOOKED_FOR);
        keys.refresh();
        answer("a", "b");
        assertThat(find("b")).isNull();
    }

    @Test
    void a_key_that_was_unknown_is_found_when_it_comes_after_all() {
        loaded("a");
        after(RemoteKeys.PAUSE);
        find("b");
        keys.refresh();
        answer("a");
        after(INTERVAL);
        keys.refresh();
        answer("a", "b");
        assertThat(find("b")).isNull();
    }

    @Test
    void a_flood_of_unknown_keys_causes_no_more_fetches_than_the_limit() {
        loaded("a");
        Duration hour = Duration.ofHours(1);
        for (long second = 0; second < hour.toSeconds(); second++) {
            for (int i = 0; i < 20; i++) {
                assertThat(find("kid-" + second + "-" + i)).isNotNull();
            }
            after(Duration.ofSeconds(1));
            keys.refresh();
            if (!fetches.isEmpty()) {
                answer("a");
            }
            assertThat(find("a")).as("a good key meanwhile").isNull();
        }
        assertThat(started)
                .isLessThanOrEqualTo(1 + (int) hour.dividedBy(RemoteKeys.PAUSE))
                .isGreaterThan(100);
    }

    @Test
    void while_one_fetch_is_slow_no_other_starts() {
        loaded("a");
        for (int i = 0; i < 100; i++) {
            after(RemoteKeys.PAUSE);
            find("kid-" + i);
            keys.refresh();
        }
        assertThat(started).isEqualTo(2);
        assertThat(find("a")).as("60 min of slowness").isNull();
    }

    @Test
    void keys_outlive_an_outage_for_as_long_as_is_tolerated() {
        loaded("a");
        Duration passed = Duration.ZERO;
        while (passed.compareTo(INTERVAL.plus(TOLERANCE)) < 0) {
            after(RemoteKeys.PAUSE);
            passed = passed.plus(RemoteKeys.PAUSE);
            keys.refresh();
            while (!fetches.isEmpty()) {
                fetches.remove().completeExceptionally(new IllegalStateException("down"));
            }
            assertThat(find("a")).as(passed.toString()).isNull();
        }
        after(Duration.ofNanos(1));
        assertThat(find("a")).isEqualTo(Missing.UNAVAILABLE);

        after(RemoteKeys.PAUSE);
        keys.refresh();
        answer("a");
        assertThat(find("a")).isNull();
    }

    @Test
    void an_answer_of_no_use_changes_nothing() {
        loaded("a");
        for (String useless : List.of("", "{}", "<html>", "{\"keys\":[]}", "[".repeat(10_000))) {
            after(INTERVAL);
            keys.refresh();
            fetches.remove().complete(useless.getBytes(StandardCharsets.UTF_8));
            assertThat(find("a")).isNull();
        }
    }

    @Test
    void a_defect_in_reading_is_logged_and_does_not_end_the_fetching() {
        loaded("a");
        after(INTERVAL);
        keys.refresh();
        fetches.remove().complete(null);
        assertThat(find("a")).isNull();

        after(INTERVAL);
        keys.refresh();
        answer("b");
        assertThat(find("b")).isNull();
    }

    @Test
    void a_known_key_with_another_algorithm_is_not_looked_for() {
        loaded("a");
        assertThat(keys.find(header("a", JWSAlgorithm.RS256), Instant.EPOCH).missing())
                .isEqualTo(Missing.UNKNOWN);
        after(RemoteKeys.PAUSE);
        keys.refresh();
        assertThat(started).isEqualTo(1);
    }

    private void loaded(String... ids) {
        keys.refresh();
        answer(ids);
    }

    private void answer(String... ids) {
        fetches.remove().complete(set(ids));
    }

    private void after(Duration duration) {
        nanos += duration.toNanos();
    }

    /** Null where it is there. */
    private Missing find(String id) {
        return keys.find(header(id, JWSAlgorithm.ES256), Instant.EPOCH).missing();
    }

    private static JWSHeader header(String id, JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(id).build();
    }

    private static byte[] set(String... ids) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
            List<com.nimbusds.jose.jwk.JWK> all = new ArrayList<>();
            for (String id : ids) {
                all.add(new ECKey.Builder(key).keyID(id).build());
            }
            return new JWKSet(all).toString().getBytes(StandardCharsets.UTF_8);
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
