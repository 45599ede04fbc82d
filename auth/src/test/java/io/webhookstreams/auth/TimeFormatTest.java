/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;

class TimeFormatTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(TimeFormat.class)
    void what_a_format_writes_it_reads(TimeFormat format) {
        assertThat(format.parse(format.format(NOON))).contains(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 1772366400",
        "MILLISECONDS, 1772366400000",
        "DECIMAL_SECONDS, 1772366400",
        "DECIMAL_SECONDS, 1772366400.000",
        "RFC3339, 2026-03-01T12:00:00Z",
        "RFC3339, 2026-03-01T14:00:00.000+02:00"
    })
    void noon_is_read_from_each_of_its_spellings(TimeFormat format, String text) {
        assertThat(format.parse(text)).contains(NOON);
    }

    @Test
    void a_fraction_of_a_second_is_kept() {
        assertThat(TimeFormat.DECIMAL_SECONDS.parse("1521472262.908181"))
                .contains(Instant.parse("2018-03-19T15:11:02.908181Z"));
        assertThat(TimeFormat.DECIMAL_SECONDS.parse("1521472262.9"))
                .contains(Instant.parse("2018-03-19T15:11:02.9Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, ''",
        "SECONDS, -1",
        "SECONDS, +1",
        "SECONDS, 1.5",
        "SECONDS, ١٢٣",
        "SECONDS, 1000000000000",
        "MILLISECONDS, 1000000000000000",
        "DECIMAL_SECONDS, 1.",
        "DECIMAL_SECONDS, .5",
        "DECIMAL_SECONDS, 1.5.5",
        "DECIMAL_SECONDS, 1.-5",
        "DECIMAL_SECONDS, -1.5",
        "DECIMAL_SECONDS, 1.5e3",
        "DECIMAL_SECONDS, 1.1234567890",
        "RFC3339, 2026-03-01",
        "RFC3339, 2026-03-01T12:00:00",
        "RFC3339, 1772366400",
        "RFC3339, +999999999-12-31T23:59:59.999999999-18:00",
        "RFC3339, +999999999-01-01T00:00:00Z",
        "RFC3339, -0001-01-01T00:00:00Z"
    })
    void what_is_no_time_is_empty_and_never_throws(TimeFormat format, String text) {
        assertThat(format.parse(text)).isEmpty();
    }
}
