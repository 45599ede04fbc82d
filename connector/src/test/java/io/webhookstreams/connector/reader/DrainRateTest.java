/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

class DrainRateTest {

    private static final long TENTH = DrainRate.WINDOW_NANOS / 10;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final DrainRate rate = new DrainRate(clock::get);

    @Test
    void before_anything_was_measured_nothing_is_known() {
        assertThat(rate.nanosFor(1_000)).isZero();
    }

    @Test
    void a_backlog_takes_as_long_as_its_bytes_have_taken_of_late() {
        drain(100, 11);

        assertThat(secondsFor(5_000)).isEqualTo(5);
    }

    @Test
    void a_change_of_pace_counts_half_within_a_second_and_nearly_wholly_after_some() {
        drain(100, 11);
        drain(300, 10);
        assertThat(secondsFor(6_000)).as("2,000 bytes a second").isEqualTo(3);

        drain(300, 60);
        assertThat(secondsFor(6_060)).isEqualTo(2);
    }

    @Test
    void time_without_a_backlog_does_not_count() {
        drain(100, 11);
        rate.emptied();
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));

        assertThat(secondsFor(5_000)).isEqualTo(5);
        drain(100, 11);
        assertThat(secondsFor(5_000)).isEqualTo(5);
    }

    @Test
    void when_nothing_leaves_any_more_it_takes_as_long_again() {
        drain(100, 11);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(30));

        assertThat(secondsFor(5_000)).isEqualTo(30);
        assertThat(rate.nanosFor(0)).as("nothing is queued").isZero();
    }

    @Test
    void what_comes_into_the_empty_queue_and_does_not_leave_takes_as_long_again() {
        drain(100, 11);
        rate.emptied();
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        rate.queued();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(20));
        rate.queued();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));

        assertThat(secondsFor(5_000)).isEqualTo(30);
    }

    @Test
    void it_does_so_before_anything_was_measured_too() {
        rate.queued();
        clock.addAndGet(TimeUnit.SECONDS.toNanos(30));

        assertThat(secondsFor(5_000)).isEqualTo(30);
    }

    /** So many bytes, ten times a second. */
    private void drain(long bytes, int times) {
        rate.queued();
        for (int i = 0; i < times; i++) {
            clock.addAndGet(TENTH);
            rate.drained(bytes);
        }
    }

    private long secondsFor(long bytes) {
        return TimeUnit.NANOSECONDS.toSeconds(rate.nanosFor(bytes));
    }
}
