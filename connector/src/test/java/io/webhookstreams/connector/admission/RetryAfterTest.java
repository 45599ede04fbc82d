/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.RetryAfterForm.Unit;
import io.webhookstreams.connector.config.RetryAfterSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class RetryAfterTest {

    private static final Duration TWO_SECONDS = Duration.ofSeconds(2);

    private final Random random = new Random(7);
    private final RetryAfter retryAfter = new RetryAfter(() -> random);

    @Test
    void it_lies_between_the_least_and_twice_that_and_is_jittered() {
        assertThat(IntStream.range(0, 1_000).map(i -> retryAfter.seconds(5)))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(5, 10))
                .contains(5, 6, 7, 8, 9, 10);
    }

    @Test
    void a_known_wait_is_rounded_up_and_jittered_up_to_twice_as_long() {
        assertThat(values(Duration.ofMillis(4_001), RetryAfterSettings.USUAL))
                .allSatisfy(value -> assertThat(value).isBetween(5L, 10L))
                .contains(5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void it_is_never_0_and_never_more_than_the_vendor_honours() {
        RetryAfterSettings zendesk =
                new RetryAfterSettings(Unit.SECONDS, Set.of(), Duration.ofSeconds(59));

        assertThat(values(Duration.ofNanos(3), zendesk))
                .allSatisfy(value -> assertThat(value).isBetween(1L, 2L));
        assertThat(values(Duration.ofDays(400_000), zendesk))
                .allSatisfy(value -> assertThat(value).isBetween(29L, 59L))
                .as("still jittered")
                .hasSizeGreaterThan(20);
        assertThat(
                        values(
                                Duration.ofHours(1),
                                new RetryAfterSettings(Unit.SECONDS, Set.of(), TWO_SECONDS)))
                .containsExactlyInAnyOrder(1L, 2L);
        RetryAfterSettings shortest =
                new RetryAfterSettings(Unit.SECONDS, Set.of(), Duration.ofSeconds(1));
        assertThat(values(Duration.ofHours(1), shortest)).containsExactly(1L);
    }

    @Test
    void a_vendor_that_reads_milliseconds_is_sent_milliseconds() {
        RetryAfterSettings hubspot =
                new RetryAfterSettings(Unit.MILLISECONDS, Set.of(429), Duration.ofMinutes(1));

        assertThat(values(Duration.ofMillis(4_001), hubspot))
                .allSatisfy(value -> assertThat(value).isBetween(4_001L, 8_002L))
                .hasSizeGreaterThan(100);
        assertThat(values(Duration.ofMillis(1), hubspot))
                .allSatisfy(value -> assertThat(value).isBetween(1_000L, 2_000L));
        assertThat(values(Duration.ofHours(1), hubspot))
                .allSatisfy(value -> assertThat(value).isBetween(30_000L, 60_000L));
    }

    @Test
    void the_unit_is_that_of_the_statuses_after_which_the_vendor_reads_it_so() {
        RetryAfterSettings hubspot =
                new RetryAfterSettings(Unit.MILLISECONDS, Set.of(429), Duration.ofMinutes(1));

        assertThat(values(Duration.ofMillis(4_001), 503, hubspot))
                .allSatisfy(value -> assertThat(value).isBetween(5L, 10L));
        assertThat(values(Duration.ofHours(1), 503, hubspot))
                .allSatisfy(value -> assertThat(value).isBetween(30L, 60L));
        assertThat(
                        values(
                                Duration.ofMillis(4_001),
                                503,
                                new RetryAfterSettings(
                                        Unit.MILLISECONDS, Set.of(), Duration.ofMinutes(1))))
                .as("no status is named")
                .allSatisfy(value -> assertThat(value).isBetween(4_001L, 8_002L));
    }

    private Set<Long> values(Duration wait, RetryAfterSettings form) {
        return values(wait, 429, form);
    }

    private Set<Long> values(Duration wait, int status, RetryAfterSettings form) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> Long.valueOf(retryAfter.value(wait, status, form)))
                .collect(Collectors.toSet());
    }

    @Test
    void it_is_never_below_one_second() {
        assertThat(IntStream.range(0, 100).map(i -> retryAfter.seconds(0)))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(1, 2));
    }
}
