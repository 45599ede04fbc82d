/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class SamplesTest {

    @Test
    void a_spread_says_of_how_many() {
        assertThat(new Samples(List.of(0.5, 0.7, 0.6))).hasToString("0.60 (0.50–0.70, n = 3)");
        assertThat(new Samples(List.of(0.5, 0.7, 0.6)).format(1)).isEqualTo("0.6 (0.5–0.7)");
    }

    @Test
    void one_measurement_has_no_spread() {
        assertThat(new Samples(List.of(0.5))).hasToString("0.50 (n = 1)");
        assertThat(new Samples(List.of(0.5)).format(1)).isEqualTo("0.5");
    }

    @Test
    void what_was_not_measured_is_a_dash() {
        assertThat(new Samples(List.of(Double.NaN))).hasToString("–");
    }
}
