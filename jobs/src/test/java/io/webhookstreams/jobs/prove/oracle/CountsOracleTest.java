/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import java.util.List;

class CountsOracleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> THREE_EVENTS = List.of(event(), event(), event());

    @Test
    void events_that_are_counted_or_late_are_clean() {
        assertThat(problems(List.of(count("10:00", 1), count("10:01", 1)), List.of(event())))
                .isEmpty();
    }

    @Test
    void an_event_that_is_in_no_count_is_missed() {
        assertThat(problems(List.of(count("10:00", 2)), List.of()))
                .containsExactly("orders created: +1 not counted (expected: 0)");
    }

    @Test
    void a_window_that_is_counted_again_after_a_restore_is_told() {
        assertThat(problems(List.of(count("10:00", 3), count("10:00", 3)), List.of()))
                .containsExactly(
                        "window orders created 10:00: 2 lines (expected: 1)",
                        "orders created: -3 not counted (expected: 0)");
    }

    private static List<String> problems(List<JsonNode> counts, List<JsonNode> late) {
        return CountsOracle.problems(THREE_EVENTS, counts, late);
    }

    private static ObjectNode event() {
        return JSON.createObjectNode().put("stream", "orders").put("type", "created");
    }

    private static JsonNode count(String windowStart, int count) {
        return event().put("window_start", windowStart).put("count", count);
    }
}
