/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class CountsOracleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> THREE_EVENTS =
            List.of(event("10:00:00"), event("10:00:59.999"), event("10:01:00"));

    @Test
    void events_that_are_counted_in_their_windows_or_late_are_clean() {
        assertThat(problems(List.of(count("10:00", 2), count("10:01", 1)), List.of())).isEmpty();
        assertThat(problems(List.of(count("10:00", 1), count("10:01", 1)), List.of(late("10:00"))))
                .isEmpty();
    }

    @Test
    void an_event_that_is_in_no_count_is_missed() {
        assertThat(problems(List.of(count("10:00", 2)), List.of()))
                .containsExactly(
                        "orders created 2026-11-27T10:01:00Z: +1 not counted (expected: 0)");
    }

    @Test
    void events_without_any_window_are_missed() {
        assertThat(problems(List.of(), List.of()))
                .containsExactly("orders created: +3 not counted (expected: 0)");
    }

    @Test
    void an_event_in_the_wrong_window_is_told_though_the_sum_is_right() {
        assertThat(problems(List.of(count("10:00", 1), count("10:01", 2)), List.of()))
                .containsExactly(
                        "orders created 2026-11-27T10:00:00Z: +1 not counted (expected: 0)",
                        "orders created 2026-11-27T10:01:00Z: -1 not counted (expected: 0)");
    }

    @Test
    void a_shifted_window_is_told() {
        assertThat(problems(List.of(count("10:01", 2), count("10:02", 1)), List.of()))
                .containsExactly(
                        "orders created 2026-11-27T10:00:00Z: +2 not counted (expected: 0)",
                        "orders created 2026-11-27T10:01:00Z: -1 not counted (expected: 0)",
                        "orders created 2026-11-27T10:02:00Z: -1 not counted (expected: 0)");
    }

    @Test
    void windows_that_do_not_begin_at_multiples_of_their_size_are_told() {
        ObjectNode shifted = inWindow("10:00").put("window_start", "2026-11-27T09:59:30Z");
        shifted.put("window_end", "2026-11-27T10:00:30Z").put("count", 2);

        assertThat(problems(List.of(shifted, count("10:01", 1)), List.of()))
                .contains("orders created 2026-11-27T09:59:30Z: -2 not counted (expected: 0)");
    }

    @Test
    void a_late_event_is_late_for_its_own_window_only() {
        assertThat(problems(List.of(count("10:00", 2)), List.of(late("10:02"))))
                .containsExactly(
                        "orders created 2026-11-27T10:01:00Z: +1 not counted (expected: 0)",
                        "orders created 2026-11-27T10:02:00Z: -1 not counted (expected: 0)");
    }

    @Test
    void an_event_that_is_counted_in_another_type_is_told() {
        ObjectNode other = count("10:01", 1).put("type", "paid");

        assertThat(problems(List.of(count("10:00", 2), other), List.of()))
                .containsExactly(
                        "orders created 2026-11-27T10:01:00Z: +1 not counted (expected: 0)",
                        "orders paid 2026-11-27T10:01:00Z: -1 not counted (expected: 0)");
    }

    @Test
    void a_window_that_is_counted_again_after_a_restore_is_told() {
        assertThat(
                        problems(
                                List.of(count("10:00", 2), count("10:00", 2), count("10:01", 1)),
                                List.of()))
                .containsExactly(
                        "window orders created 2026-11-27T10:00:00Z: 2 lines (expected: 1)",
                        "orders created 2026-11-27T10:00:00Z: -2 not counted (expected: 0)");
    }

    @Test
    void windows_of_several_sizes_are_told() {
        ObjectNode longer = count("10:00", 3).put("window_end", "2026-11-27T10:02:00Z");

        assertThat(problems(List.of(longer, count("10:02", 0)), List.of()))
                .containsExactly("windows: of [60000, 120000] ms (expected: one size)");
    }

    @Test
    void what_comes_after_the_windows_are_known_is_judged_too() {
        CountsOracle oracle = new CountsOracle();
        oracle.event(event("10:00:00"));
        assertThat(oracle.problems()).hasSize(1);
        oracle.count(count("10:00", 2));
        assertThat(oracle.problems()).hasSize(1);
        oracle.event(event("10:00:01"));

        assertThat(oracle.problems()).isEmpty();
    }

    private static List<String> problems(List<JsonNode> counts, List<JsonNode> late) {
        return CountsOracle.problems(THREE_EVENTS, counts, late);
    }

    private static ObjectNode event(String time) {
        return created().put("time", "2026-11-27T" + time + "Z");
    }

    private static ObjectNode late(String windowStart) {
        return inWindow(windowStart);
    }

    private static ObjectNode count(String windowStart, int count) {
        return inWindow(windowStart).put("count", count);
    }

    /** Of a minute. */
    private static ObjectNode inWindow(String windowStart) {
        Instant start = Instant.parse("2026-11-27T" + windowStart + ":00Z");
        return created()
                .put("window_start", start.toString())
                .put("window_end", start.plusSeconds(60).toString());
    }

    private static ObjectNode created() {
        return JSON.createObjectNode().put("stream", "orders").put("type", "created");
    }
}
