/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;

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
    void one_checkpoint_says_nothing() throws IOException {
        assertThat(CheckpointFigures.parse("{\"history\": []}")).isEqualTo(CheckpointFigures.NONE);
    }
}
