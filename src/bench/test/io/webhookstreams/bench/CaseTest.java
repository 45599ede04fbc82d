/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
