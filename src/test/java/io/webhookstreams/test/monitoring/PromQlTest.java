/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.test.monitoring.PromQl.Condition;
import io.webhookstreams.test.monitoring.PromQl.Selector;

import org.junit.jupiter.api.Test;

import java.util.List;

class PromQlTest {

    @Test
    void metrics_labels_and_conditions_are_told_from_functions_and_numbers() {
        PromQl read =
                PromQl.parse(
                        """
                        sum by (job_name, stream) (rate(a_answered{code=~"x|y", stream="$stream"}[5m]))
                          / on (job_name) group_left sum(rate(b:total[$__rate_interval] offset 1d)) > 1e-3 * 2
                        """);

        assertThat(read.selectors())
                .containsExactly(
                        new Selector(
                                "a_answered",
                                List.of(
                                        new Condition("code", "=~", "x|y"),
                                        new Condition("stream", "=", "$stream"))),
                        new Selector("b:total", List.of()));
        assertThat(read.labels()).containsExactly("job_name", "stream");
    }

    @Test
    void a_word_that_is_called_and_no_function_is_refused() {
        assertThatThrownBy(() -> PromQl.parse("summ(a)"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("summ(a): summ is no function");
    }

    @Test
    void a_character_that_is_not_known_is_refused() {
        assertThatThrownBy(() -> PromQl.parse("a ? b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a ? b: '?' at 2");
    }
}
