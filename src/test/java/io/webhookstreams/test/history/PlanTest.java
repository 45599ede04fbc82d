/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;

class PlanTest {

    private static final int SHORT = 14;
    private static final int LONG = 110;
    private static final List<Moment> NAMED =
            Arrays.stream(Moment.values()).filter(moment -> moment != Moment.ANY).toList();

    @Test
    void the_same_seed_makes_the_same_plan() {
        assertThat(Plan.of(7, LONG)).isEqualTo(Plan.of(7, LONG)).hasToString(text(7));
    }

    @Test
    void another_seed_makes_another_plan() {
        assertThat(Plan.of(7, LONG).steps()).isNotEqualTo(Plan.of(8, LONG).steps());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4_711, Long.MIN_VALUE})
    void a_long_plan_has_every_kind_of_fault_and_each_named_moment_more_than_five_times(long seed) {
        List<Step> steps = Plan.of(seed, LONG).steps();

        assertThat(steps).hasSize(LONG);
        assertThat(steps).extracting(Step::fault).contains(Fault.values());
        for (Moment moment : NAMED) {
            assertThat(steps).filteredOn(step -> step.moment() == moment).hasSizeGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4_711, Long.MIN_VALUE})
    void a_short_plan_has_each_named_moment_and_room_for_others(long seed) {
        List<Step> steps = Plan.of(seed, SHORT).steps();

        assertThat(steps).hasSize(SHORT);
        assertThat(steps).extracting(Step::moment).containsAll(NAMED);
        assertThat(steps)
                .filteredOn(step -> step.moment() == Moment.ANY)
                .extracting(Step::fault)
                .hasSizeGreaterThanOrEqualTo(SHORT - NAMED.size())
                .contains(Fault.KILL_TASK_MANAGER);
    }

    @Test
    void what_strikes_often_has_the_larger_share() {
        List<Step> steps = Plan.of(7, LONG).steps();

        assertThat(count(steps, Fault.KILL_TASK_MANAGER))
                .isGreaterThan(2 * count(steps, Fault.KILL_ALL_TASK_MANAGERS));
    }

    private static long count(List<Step> steps, Fault fault) {
        return steps.stream().filter(step -> step.fault() == fault).count();
    }

    private static String text(long seed) {
        return Plan.of(seed, LONG).toString();
    }
}
