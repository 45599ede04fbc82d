/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.faults.CrashInstant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

class PlanTest {

    private static final int SHORT = 12;
    private static final int LONG = 110;

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
    void a_long_plan_has_every_kind_of_fault_and_each_instant_more_than_five_times(long seed) {
        List<Step> steps = Plan.of(seed, LONG).steps();

        assertThat(steps).hasSize(LONG);
        assertThat(steps).extracting(Step::fault).contains(Fault.values());
        for (CrashInstant instant : CrashInstant.values()) {
            assertThat(steps)
                    .filteredOn(step -> step.instant().equals(Optional.of(instant)))
                    .hasSizeGreaterThan(5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4_711, Long.MIN_VALUE})
    void a_short_plan_has_each_instant_and_room_for_as_many_other_kinds(long seed) {
        List<Step> steps = Plan.of(seed, SHORT).steps();

        assertThat(steps).hasSize(SHORT);
        assertThat(steps)
                .flatExtracting(step -> step.instant().stream().toList())
                .containsExactlyInAnyOrder(CrashInstant.values());
        assertThat(steps)
                .filteredOn(step -> step.instant().isEmpty())
                .extracting(Step::fault)
                .hasSize(SHORT - CrashInstant.values().length)
                .contains(Fault.KILL_TASK_MANAGER)
                .satisfies(kinds -> assertThat(Set.copyOf(kinds)).hasSizeGreaterThan(5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4_711, Long.MIN_VALUE})
    void rescaling_changes_the_parallelism_within_its_bounds_and_nothing_else_does(long seed) {
        int before = Plan.PARALLELISM;
        for (Step step : Plan.of(seed, LONG).steps()) {
            if (step.fault() == Fault.RESCALE_UP) {
                assertThat(step.parallelism()).isBetween(before + 1, Plan.WIDEST);
            } else if (step.fault() == Fault.RESCALE_DOWN) {
                assertThat(step.parallelism()).isBetween(1, before - 1);
            } else {
                assertThat(step.parallelism()).isEqualTo(before);
            }
            before = step.parallelism();
        }
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
