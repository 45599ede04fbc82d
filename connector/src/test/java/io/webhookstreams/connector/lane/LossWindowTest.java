/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class LossWindowTest {

    private static final long HOUR = 3_600_000;

    @Test
    void nothing_may_be_shed_before_enough_has_come() {
        LossWindow window = LossWindow.empty("s").at(HOUR, HOUR);
        for (int kept = 0; kept < 99; kept++) {
            assertThat(window.maySpend(10_000)).as("after %d", kept).isFalse();
            window = window.withKept();
        }

        assertThat(window.maySpend(10_000)).isTrue();
        assertThat(window.withShed().maySpend(10_000)).isFalse();
    }

    @ParameterizedTest(name = "{0} ppm")
    @ValueSource(ints = {1, 999, 10_000, 333_333, 500_000})
    void what_is_shed_is_within_the_budget_at_every_instant(int ppm) {
        Random random = new Random(ppm);
        LossWindow window = LossWindow.empty("s").at(0, HOUR);
        for (int i = 0; i < 20_000; i++) {
            long left = window.left(ppm);
            assertThat(window.maySpend(ppm))
                    .as("with %d left of %s", left, window)
                    .isEqualTo(left > 0);
            window = left > 0 && random.nextInt(3) > 0 ? window.withShed() : window.withKept();
            assertThat(window.shed() * 1_000_000).isLessThanOrEqualTo(ppm * window.offered());
        }
        assertThat(window.offered()).isEqualTo(20_000);
    }

    @Test
    void a_window_begins_anew_at_its_end_and_never_goes_back() {
        LossWindow window = new LossWindow("s", HOUR, 100, 1);

        assertThat(window.at(2 * HOUR - 1, HOUR)).isSameAs(window);
        assertThat(window.at(2 * HOUR, HOUR)).isEqualTo(new LossWindow("s", 2 * HOUR, 0, 0));
        assertThat(window.at(0, HOUR)).isSameAs(window);
        assertThat(LossWindow.empty("s").at(-1, HOUR)).isEqualTo(new LossWindow("s", -HOUR, 0, 0));
    }

    @Test
    void a_window_of_another_length_goes_on_until_its_time_has_passed() {
        LossWindow hourly = new LossWindow("s", 25 * HOUR, 100, 1);

        assertThat(hourly.at(26 * HOUR, 24 * HOUR)).isSameAs(hourly);
        assertThat(hourly.at(48 * HOUR, 24 * HOUR).shed()).isZero();
    }

    @Test
    void more_cannot_be_shed_than_came() {
        assertThatThrownBy(() -> new LossWindow("s", 0, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("loss-window: 2 shed of 1 (expected: 0 to all)");
    }
}
