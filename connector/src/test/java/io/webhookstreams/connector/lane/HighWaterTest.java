/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HighWaterTest {

    private final HighWater water = HighWater.of(1_000, 0.9, 0.6);

    @Test
    void it_begins_at_the_high_water_and_ends_at_the_low_one() {
        assertThat(water.isOver(899)).isFalse();
        assertThat(water.isOver(900)).isTrue();
        assertThat(water.isOver(899)).isTrue();
        assertThat(water.isOver(601)).isTrue();
        assertThat(water.isOver(600)).isFalse();
        assertThat(water.isOver(601)).isFalse();
        assertThat(water.isOver(899)).isFalse();
        assertThat(water.isOver(900)).isTrue();
    }

    @Test
    void what_does_not_fit_below_it_makes_it_begin_and_it_ends_as_far_below() {
        water.isFull(300);

        assertThat(water.isOver(300)).isTrue();
        assertThat(water.isOver(201)).isTrue();
        assertThat(water.isOver(200)).isFalse();
        assertThat(water.isOver(300)).isFalse();
    }

    @Test
    void one_that_does_not_fit_into_nothing_does_not_close_it_for_good() {
        water.isFull(0);

        assertThat(water.isOver(0)).isFalse();
    }

    @Test
    void while_it_is_over_a_full_one_changes_nothing() {
        assertThat(water.isOver(950)).isTrue();
        water.isFull(950);

        assertThat(water.isOver(601)).isTrue();
        assertThat(water.isOver(600)).isFalse();
    }

    @Test
    void small_rooms_have_two_levels_too() {
        HighWater one = HighWater.of(1, 0.9, 0.675);

        assertThat(one.isOver(1)).isTrue();
        assertThat(one.isOver(0)).isFalse();
    }
}
