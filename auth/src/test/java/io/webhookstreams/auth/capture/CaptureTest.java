/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

class CaptureTest {

    private static final byte[] BODY = {
        '{', '\r', '\n', '\n', 0, (byte) 0xE9, (byte) 0xFF, '}', '\n'
    };
    private static final Capture SAMPLE = capture("a=b%20c&d", BODY);

    @Test
    void version_1_stays_readable_and_is_what_is_written() throws IOException {
        byte[] golden = golden();

        assertSame(Capture.read(golden), SAMPLE);
        assertThat(SAMPLE.toBytes()).isEqualTo(golden);
    }

    /** A new version comes with a golden file of its own. */
    @Test
    void every_version_has_a_golden_file() throws IOException {
        for (int version = 1; version <= Capture.VERSION; version++) {
            try (InputStream in = getClass().getResourceAsStream(file(version))) {
                assertThat(in).as(file(version)).isNotNull();
            }
        }
    }

    @Test
    void a_request_comes_back_byte_for_byte() {
        for (Capture one :
                List.of(
                        SAMPLE,
                        capture(null, BODY),
                        capture("", new byte[0]),
                        capture(
                                "q",
                                "\n\nwebhooks-capture 1\n".getBytes(StandardCharsets.UTF_8)))) {
            assertSame(Capture.read(one.toBytes()), one);
        }
    }

    @Test
    void headers_are_found_whatever_the_case_and_in_order() {
        assertThat(Capture.read(SAMPLE.toBytes()).headers("X-TWICE"))
                .containsExactly("1", "", "\u00e9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\u0100", "\0"})
    void a_value_that_would_not_come_back_is_not_written(String value) {
        Capture odd =
                new Capture(
                        "s",
                        "id",
                        "no_match",
                        Instant.EPOCH,
                        "POST",
                        "/",
                        null,
                        List.of(Map.entry("x-odd", value)),
                        BODY);

        assertThatThrownBy(odd::toBytes).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void another_version_is_refused_by_name() {
        byte[] next =
                new String(SAMPLE.toBytes(), StandardCharsets.ISO_8859_1)
                        .replaceFirst("capture 1", "capture 2")
                        .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Capture.read(next))
                .hasMessageContaining("(expected: what a listener has written, version 1)");
    }

    @Test
    void a_damaged_file_is_read_or_refused_and_never_quoted() {
        Fuzz.inputs(
                2000,
                random -> {
                    byte[] damaged = Damage.of(SAMPLE.toBytes(), random);
                    try {
                        Capture.read(damaged);
                    } catch (IllegalArgumentException e) {
                        assertThat(e).hasMessageContaining("(expected: ");
                        assertThat(e.getMessage()).doesNotContain("7e0b");
                    }
                });
    }

    private static Capture capture(String query, byte[] body) {
        return new Capture(
                "payments",
                "01935f9e-7c00-7000-8000-000000000001",
                "no_match",
                Instant.parse("2026-03-01T12:00:02.125Z"),
                "POST",
                "/in/pay%20ments",
                query,
                List.of(
                        Map.entry("content-type", "application/json"),
                        Map.entry("x-hub-signature-256", "sha256=7e0b"),
                        Map.entry("x-twice", "1"),
                        Map.entry("x-twice", ""),
                        Map.entry("x-twice", "\u00e9")),
                body);
    }

    private static void assertSame(Capture one, Capture other) {
        assertThat(one).usingRecursiveComparison().ignoringFields("body").isEqualTo(other);
        assertThat(one.body()).isEqualTo(other.body());
    }

    private static byte[] golden() throws IOException {
        try (InputStream in = CaptureTest.class.getResourceAsStream(file(1))) {
            return in.readAllBytes();
        }
    }

    private static String file(int version) {
        return "/golden/capture-v%d.bin".formatted(version);
    }
}
