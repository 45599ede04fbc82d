/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

final class CaseTest {

    @Test
    void three_times_what_arrives_until_an_answer_is_in_flight() {
        assertThat(Case.of("case", "system", 100).inFlight(30_000, 20)).isEqualTo(10_000);
    }

    @Test
    void large_bodies_are_bounded_by_memory() {
        assertThat(Case.of("case", "system", 100).withBody(256).inFlight(30_000, 20))
                .isEqualTo(1_000);
    }

    @Test
    void connections_are_bounded_by_open_files() {
        assertThat(Case.of("case", "system", 1_000).over1().inFlight(30_000, 20)).isEqualTo(15_000);
    }

    @Test
    void a_case_that_may_not_have_what_its_interval_asks_for_is_capped() {
        assertThat(Case.of("case", "system", 1_000).isCapped(33_000, 20)).isTrue();
        assertThat(Case.of("case", "system", 1_000).isCapped(32_000, 20)).isFalse();
        assertThat(Case.of("case", "system", 100).over1().isCapped(60_000, 20)).isTrue();
        assertThat(Case.of("case", "system", 100).withIds().isCapped(60_000, 20)).isTrue();
        assertThat(Case.of("case", "system", 0).isCapped(1_000_000, 20)).isFalse();
    }

    @Test
    void without_an_interval_the_number_in_flight_is_searched_far_up() {
        assertThat(Case.of("case", "system", 0).candidates(4_000))
                .containsExactly(4_000, 8_000, 16_000, 32_000);
        assertThat(Case.of("case", "system", 100).candidates(10_000)).containsExactly(10_000);
        assertThat(Case.of("case", "system", 0).withBody(256).candidates(64)).containsExactly(64);
        assertThat(Case.blocking("case", "system").candidates(100)).containsExactly(100);
    }

    @Test
    void more_in_flight_must_bring_more() {
        Map<Integer, Double> rates = new LinkedHashMap<>();
        rates.put(4_000, 100.0);
        rates.put(8_000, 90.0);
        rates.put(16_000, 120.0);
        rates.put(32_000, 124.0);

        assertThat(Throughput.mostWithFewest(rates)).isEqualTo(16_000);
    }
}
