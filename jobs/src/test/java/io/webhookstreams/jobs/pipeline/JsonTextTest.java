/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "null",
                " {\"a\" : [1, 2.50, {\"b\":\"\\u00e9\"}]}\r\n",
                "\uFEFF{}",
                "\"\\ud800\"",
                "{\"a\":1,\"a\":2}"
            })
    void one_json_value_in_utf_8_has_no_problem(String text) {
        assertThat(JsonText.problem(bytes(text))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"a\":}",
                "{}x",
                "secret",
                "01",
                "NaN",
                "\"a\nb\"",
                "'a'",
                "\"\\x\"",
                "{\"a\":1,}",
                "// c\n{}"
            })
    void anything_else_is_a_problem_that_quotes_nothing(String text) {
        assertThat(JsonText.problem(bytes(text)))
                .hasValueSatisfying(
                        problem ->
                                assertThat(problem)
                                        .startsWith("body: ")
                                        .contains("(expected: one JSON value")
                                        .doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void an_empty_body_is_a_problem(String text) {
        assertThat(JsonText.problem(bytes(text)))
                .contains("body: empty (expected: one JSON value)");
    }

    @Test
    void two_values_are_a_problem() {
        assertThat(JsonText.problem(bytes("1 2")))
                .contains("body: more than one JSON value (expected: one)");
    }

    @Test
    void other_encodings_are_a_problem() {
        assertThat(JsonText.problem(new byte[] {'"', (byte) 0xC3, '"'}))
                .contains("body: not UTF-8 (expected: JSON in UTF-8)");
        assertThat(JsonText.problem("{}".getBytes(StandardCharsets.UTF_16BE))).isPresent();
    }

    @Test
    void nesting_without_end_is_a_problem_and_not_a_stack_overflow() {
        assertThat(JsonText.problem(bytes("[".repeat(1_000_000)))).isPresent();
    }

    @Test
    void one_line_differs_in_white_space_between_tokens_only() {
        assertThat(
                        JsonText.onOneLine(
                                bytes(
                                        "\uFEFF{\n \"a b\" :\t[1.50, 1e2],\r\n \"q\\\" \\\\\" : \"x\\n y\" }\n")))
                .isEqualTo("{\"a b\":[1.50,1e2],\"q\\\" \\\\\":\"x\\n y\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
