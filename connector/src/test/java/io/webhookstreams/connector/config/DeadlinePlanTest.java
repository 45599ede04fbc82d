/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webhookstreams.connector.config.DeadlinePlan.Verdict;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class DeadlinePlanTest {

    private static final double EXACTLY = 1e-9;

    @Test
    void a_promise_is_kept_if_the_delivery_after_a_barrier_is_durable_in_time() {
        DeadlinePlan plan = plan(1_000, 0, 500, 1_501);

        assertThat(plan.longestWait()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(plan.verdict()).isEqualTo(Verdict.KEPT);
        assertThat(plan.lateShare()).isZero();
    }

    @Test
    void to_the_instant_is_late() {
        assertThat(plan(1_000, 0, 500, 1_500).verdict()).isEqualTo(Verdict.KEPT_FOR_SOME);
        assertThat(plan(1_000, 0, 500, 500).verdict()).isEqualTo(Verdict.BROKEN);
    }

    @Test
    void what_comes_too_soon_after_a_barrier_is_late() {
        DeadlinePlan plan = plan(10_000, 0, 500, 2_400);

        assertThat(plan.verdict()).isEqualTo(Verdict.KEPT_FOR_SOME);
        assertThat(plan.lateShare()).isEqualTo(0.81, within(EXACTLY));
    }

    @Test
    void a_checkpoint_that_takes_longer_than_the_deadline_keeps_it_for_nobody() {
        DeadlinePlan plan = plan(100, 0, 3_000, 2_400);

        assertThat(plan.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(plan.lateShare()).isEqualTo(1);
    }

    @Test
    void a_checkpoint_that_takes_longer_than_the_interval_makes_the_next_one_wait() {
        assertThat(plan(100, 0, 3_000, 8_000).longestWait()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void the_pause_counts_from_a_checkpoints_end() {
        assertThat(plan(1_000, 5_000, 500, 8_000).longestWait()).isEqualTo(Duration.ofSeconds(6));
    }

    private static DeadlinePlan plan(long interval, long pause, long duration, long deadline) {
        return DeadlinePlan.of(
                Duration.ofMillis(interval),
                Duration.ofMillis(pause),
                Duration.ofMillis(duration),
                Duration.ofMillis(deadline));
    }
}
