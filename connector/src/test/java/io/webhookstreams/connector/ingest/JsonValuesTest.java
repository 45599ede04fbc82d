/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class JsonValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":\"a\"}|/id|a",
                "{\"data\":{\"object\":{\"id\":\"deep\"}}}|/data/object/id|deep",
                "{\"x\":{\"id\":1},\"id\":2}|/id|2",
                "[{\"id\":\"zero\"},{\"id\":\"one\"}]|/1/id|one",
                "{\"a/b\":\"slash\"}|/a~1b|slash",
                "{\"id\":12.50}|/id|12.50",
                "{\"id\":true}|/id|true",
                "{\"id\":\"first\",\"id\":\"second\"}|/id|first",
            })
    void a_scalar_is_found_at_its_pointer(String json, String pointer, String expected) {
        assertThat(read(json, pointer).get(0)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":null}", "{\"id\":{}}", "{\"id\":[1]}", "[]", "3"})
    void what_is_no_scalar_counts_as_absent(String json) {
        JsonValues values = read(json, "/id");

        assertThat(values.get(0)).isNull();
        assertThat(values.isMalformed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{\"a\":", "{\"a\" 1}", "<xml/>", "\u0000"})
    void what_is_no_json_is_malformed(String json) {
        assertThat(read(json, "/id").isMalformed()).isTrue();
    }

    @Test
    void several_values_come_from_one_pass_and_the_rest_is_not_looked_at() {
        JsonValues values = read("{\"a\":1,\"b\":{\"c\":2}, then garbage", "/a", "/b/c");

        assertThat(values.get(0)).isEqualTo("1");
        assertThat(values.get(1)).isEqualTo("2");
        assertThat(values.isMalformed()).isFalse();
    }

    @Test
    void nesting_without_end_is_malformed_and_no_stack_overflow() {
        assertThat(read("{\"id\":" + "[".repeat(100_000), "/id").isMalformed()).isTrue();
    }

    private static JsonValues read(String json, String... pointers) {
        JsonPointer[] compiled =
                Arrays.stream(pointers).map(JsonPointer::compile).toArray(JsonPointer[]::new);
        return JsonValues.read(json.getBytes(StandardCharsets.UTF_8), compiled);
    }
}
