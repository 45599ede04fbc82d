/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueLocationTest {

    @ParameterizedTest
    @CsvSource({
        "header:X-GitHub-Delivery, HEADER, x-github-delivery, header:x-github-delivery",
        "json:/data/0/a~1b~0c, JSON, /data/0/a~1b~0c, json:/data/0/a~1b~0c",
        "query:id, QUERY, id, query:id",
        "form:MessageSid, FORM, MessageSid, form:MessageSid",
        "body-digest, BODY_DIGEST, '', body-digest",
        "none, NONE, '', none"
    })
    void a_location_is_read_and_printed_in_one_canonical_form(
            String text, ValueLocation.Kind kind, String name, String canonical) {
        ValueLocation location = ValueLocation.parse(text);

        assertThat(location).isEqualTo(new ValueLocation(kind, name)).hasToString(canonical);
        assertThat(ValueLocation.parse(canonical)).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "header:",
                "header:a b",
                "header:ä",
                "json:",
                "json:id",
                "json:/a~2",
                "json:/a~",
                "query:",
                "form:",
                "form:\u00e4",
                "none:",
                "none ",
                "body-digest:x",
                "/id",
                "HEADER:x",
                "cookie:x"
            })
    void anything_else_is_refused_with_what_is_expected(String text) {
        assertThatThrownBy(() -> ValueLocation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("location: ")
                .hasMessageEndingWith(
                        "(expected: header:NAME, json:/POINTER, query:NAME, form:NAME, body-digest"
                                + " or none)");
    }
}
