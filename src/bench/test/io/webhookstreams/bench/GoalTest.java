/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class GoalTest {

    @Test
    void the_median_decides() {
        assertThat(Goal.atLeast("rate", 0.6, new Samples(List.of(0.1, 0.61, 0.7))).verdict())
                .isEqualTo("met");
        assertThat(Goal.atMost("time", 1, new Samples(List.of(0.9, 1.0, 7.0))).verdict())
                .isEqualTo("met");
    }

    @Test
    void a_missed_goal_says_by_how_much() {
        assertThat(Goal.atLeast("rate", 0.6, new Samples(List.of(0.54))).verdict())
                .isEqualTo("missed by 10 %");
        assertThat(Goal.atMost("time", 2, new Samples(List.of(3.0))).verdict())
                .isEqualTo("missed by 50 %");
    }

    @Test
    void what_was_not_measured_is_neither_met_nor_missed() {
        assertThat(Goal.atLeast("rate", 0.6, new Samples(List.of())).verdict())
                .isEqualTo("not measured");
    }

    @Test
    void ratios_are_taken_round_by_round() {
        CaseFigures ours = figures(30, 10);
        CaseFigures theirs = figures(10, 5);

        assertThat(ours.over(theirs).sorted()).containsExactly(2.0, 3.0);
    }

    @Test
    void a_held_request_counts_only_where_all_were_answered_and_weighed() {
        HeldRequests.Figures all = new HeldRequests.Figures(100, 100, 2_048, "");
        HeldRequests.Figures some = new HeldRequests.Figures(100, 99, 2_048, "");
        HeldRequests.Figures unseen = new HeldRequests.Figures(100, 100, 12, "");

        assertThat(Goals.ofHeldHeap(List.of(all, all)).verdict()).isEqualTo("met");
        assertThat(Goals.ofHeldHeap(List.of(all, some)).verdict()).isEqualTo("not measured");
        assertThat(Goals.ofHeldHeap(List.of(unseen, all)).verdict()).isEqualTo("not measured");
    }

    @Test
    void fewer_than_should_be_held_at_once_miss_the_goal() {
        Goal fewer =
                Goals.ofHeldAtOnce(
                        "connections", 20_000, new HeldRequests.Figures(19_400, 19_400, 2_048, ""));
        Goal failed =
                Goals.ofHeldAtOnce(
                        "connections", 20_000, new HeldRequests.Figures(20_000, 0, 0, "died"));

        assertThat(fewer.verdict()).isEqualTo("missed by 3 %");
        assertThat(fewer.found()).isEqualTo("19400 (n = 1)");
        assertThat(failed.verdict()).isEqualTo("missed by 100 %");
    }

    private static CaseFigures figures(double... perSecond) {
        CaseFigures figures = new CaseFigures(Case.of("case", "system", 100));
        for (double each : perSecond) {
            figures.add(new Load.Result(each, 0, Latencies.NONE, CheckpointFigures.NONE));
        }
        return figures;
    }
}
