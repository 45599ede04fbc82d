/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

final class CheckpointFiguresTest {

    @Test
    void duration_is_a_median_and_bytes_are_spread_over_the_time_covered() throws IOException {
        CheckpointFigures figures =
                CheckpointFigures.parse(
                        """
                        {"history": [
                          {"status": "IN_PROGRESS", "end_to_end_duration": 999, "checkpointed_size": 9, "trigger_timestamp": 1300},
                          {"status": "COMPLETED", "end_to_end_duration": 30, "checkpointed_size": 1000, "trigger_timestamp": 1200},
                          {"status": "COMPLETED", "end_to_end_duration": 10, "checkpointed_size": 1000, "trigger_timestamp": 1100},
                          {"status": "COMPLETED", "end_to_end_duration": 20, "checkpointed_size": 1000, "trigger_timestamp": 1000}]}
                        """);

        assertThat(figures).isEqualTo(new CheckpointFigures(20, 10_000));
    }

    @Test
    void what_is_made_up_for_is_not_regular() throws IOException {
        assertThat(CheckpointFigures.isRegular(triggers(0, 100, 201, 299, 400, 500), 100)).isTrue();
        assertThat(CheckpointFigures.isRegular(triggers(0, 100, 200, 203, 206, 209), 100))
                .isFalse();
        assertThat(CheckpointFigures.isRegular(triggers(0, 100, 200, 300, 400), 100)).isFalse();
    }

    @Test
    void the_interval_is_that_of_the_job() throws IOException {
        assertThat(CheckpointFigures.interval("{\"mode\": \"exactly_once\", \"interval\": 100}"))
                .isEqualTo(100);
    }

    private static String triggers(int... millis) {
        return Arrays.stream(millis)
                .mapToObj("{\"trigger_timestamp\": %d}"::formatted)
                .collect(Collectors.joining(",", "{\"history\": [", "]}"));
    }

    @Test
    void one_checkpoint_says_nothing() throws IOException {
        assertThat(CheckpointFigures.parse("{\"history\": []}")).isEqualTo(CheckpointFigures.NONE);
    }
}
