/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NeighboursTest {

    @Test
    void time_of_the_machine_is_without_idleness_and_interrupts() {
        assertThat(
                        ProcessorTime.ofMachine(
                                "cpu  100 20 3 9999 9999 9999 9999 40 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\n"))
                .isEqualTo(1_630);
    }

    @Test
    void a_few_busy_turns_are_told_and_no_more() {
        Neighbours neighbours = new Neighbours();
        neighbours.add(-0.01);
        neighbours.add(0.02);
        neighbours.add(0.05);
        neighbours.add(0.5);

        assertThat(neighbours.text())
                .contains("0.04 (0.00–0.50, n = 4) cores", "more than 0.1 in 1 turns")
                .doesNotContain("**");
    }

    @Test
    void many_busy_turns_mark_the_page() {
        Neighbours neighbours = new Neighbours();
        neighbours.add(0.2);
        neighbours.add(0.02);

        assertThat(neighbours.text()).contains("**That is too many");
    }
}
