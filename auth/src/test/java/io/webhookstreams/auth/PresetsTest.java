/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

class PresetsTest {

    private static final String SOUND =
            """
            - name: acme
              title: Acme
              schemes:
                - algorithm: hmac-sha256
                  key: {decode: utf8}
                  signature: {from: 'header:x-acme', parse: plain, encoding: hex}
                  content: '{body}'
              envelope: {id: 'json:/id'}
              success-status: 200
              overload-status: 503
              retries: true
              body-may-change-on-retry: false
              secret: The key.
              retry: Never.
              register: Anywhere.
              sandbox: None.
              not-covered: Headers.
            """;

    @Test
    void every_preset_of_this_build_compiles() {
        Site site = new Site("https://hooks.example.com");

        assertThat(Presets.all()).extracting(Preset::name).isSorted().hasSize(47);
        assertThat(Presets.all())
                .flatExtracting(Preset::schemes)
                .allSatisfy(scheme -> assertThat(new SchemeReader(scheme, site)).isNotNull());
        assertThat(Presets.named("nobody")).isEmpty();
    }

    @Test
    void how_well_each_vendor_is_known_is_told() {
        assertThat(Presets.all())
                .filteredOn(preset -> preset.provenance() == null)
                .extracting(Preset::name)
                .containsExactly("api-key", "basic");
        assertThat(Presets.all())
                .filteredOn(preset -> preset.provenance() != null)
                .allSatisfy(
                        preset ->
                                assertThat(preset.provenance().handshake() == null)
                                        .as(preset.name())
                                        .isEqualTo(preset.handshake() == null));
    }

    /** A retry may carry the time of the first attempt, where nobody says otherwise. */
    @Test
    void every_signed_time_is_bounded_and_no_vendors_last_retry_is_too_old() {
        assertThat(Presets.all())
                .filteredOn(preset -> preset.builtIn() != BuiltIn.JWT)
                .flatExtracting(PresetsTest::tolerances)
                .hasSize(17)
                .allSatisfy(
                        tolerance -> {
                            assertThat(tolerance.past()).isLessThanOrEqualTo(Duration.ofDays(4));
                            assertThat(tolerance.future())
                                    .isLessThanOrEqualTo(Duration.ofMinutes(5));
                        });
        assertThat(past("discord")).isGreaterThan(Duration.ofMinutes(10));
        assertThat(past("mailgun")).isGreaterThan(Duration.ofMinutes(450));
        assertThat(past("sanity")).isGreaterThan(Duration.ofMinutes(1));
        assertThat(past("sendgrid")).isGreaterThan(Duration.ofHours(24));
        assertThat(past("aws-sns")).isGreaterThan(Duration.ofHours(1));
        assertThat(past("paypal")).isGreaterThan(Duration.ofDays(3));
    }

    private static Duration past(String preset) {
        return tolerances(Presets.named(preset).orElseThrow()).get(0).past();
    }

    private static List<Tolerance> tolerances(Preset preset) {
        if (preset.tolerance() != null) {
            return List.of(preset.tolerance());
        }
        return preset.schemes().stream()
                .map(SignatureScheme::timestamp)
                .filter(Objects::nonNull)
                .map(time -> new Tolerance(time.past(), time.future()))
                .toList();
    }

    @Test
    void github_never_retries_and_waits_ten_seconds() {
        Preset github = Presets.named("github").orElseThrow();

        assertThat(github.retries()).isFalse();
        assertThat(github.deadline()).isEqualTo(Duration.ofSeconds(10));
        assertThat(github.envelope().id()).hasToString("header:x-github-delivery");
        assertThat(github.envelope().time()).isEqualTo(ValueLocation.NOWHERE);
    }

    @Test
    void stripes_time_is_in_seconds_and_its_answer_time_unknown() {
        Preset stripe = Presets.named("stripe").orElseThrow();

        assertThat(stripe.envelope().timeFormat()).isEqualTo(TimeFormat.SECONDS);
        assertThat(stripe.deadline()).isNull();
    }

    @Test
    void a_sound_preset_is_read() throws IOException {
        assertThat(read(SOUND)).containsOnlyKeys("acme");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retries: true | retries: true, retry: true | retry",
                "success-status: 200 | | success-status",
                "success-status: 200 | success-status: 302 | success-status: 302 (expected: 200 to"
                        + " 299)",
                "overload-status: 503 | overload-status: 500 | overload-status: 500 (expected: 429"
                        + " or 503)",
                "hmac-sha256 | hmac-md5 | algorithm: hmac-md5 (expected: one of",
                "header:x-acme | cookie:sig | from: cookie:sig (expected: header:NAME",
                "header:x-acme | sig:v1 | signature.from: sig:v1 (expected: not inside itself)",
                "algorithm: hmac-sha256 | algorithm: ed25519 | key.decode: utf8 (expected: spki64,"
                        + " pem or cert with key pairs",
                "{decode: utf8} | {decode: pem} | key.decode: pem (expected: spki64, pem or cert"
                        + " with key pairs",
                "algorithm: hmac-sha256 | algorithm: token | content: {body} (expected: one, and"
                        + " signature.encoding, except",
                "content: '{body}' | content: '{body}', when: {} | when: not one condition",
                "parse: plain | parse: kv | expected: separator, key-separator and take",
                "id: 'json:/id' | time: 'json:/t' | envelope.time-format: null",
                "retries: true | retries: true, retries: true | "
            })
    void an_unsound_preset_is_refused(String from, String to, String message) {
        String yaml =
                SOUND.replace(
                        from,
                        to == null
                                ? ""
                                : to.replace(", retr", "\n  retr")
                                        .replace(", when", "\n      when"));

        assertThatThrownBy(() -> read(yaml)).hasMessageContaining(message == null ? "" : message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "content: '{body}' | content: '{secret}{body}' | content: {secret} (expected:"
                        + " {body} {element0}",
                "content: '{body}' | content: 'v0:{body' | content: {body (expected: {body}"
                        + " {element0}",
                "content: '{body}' | content: '{url}{body}' | public-url: missing (expected: scheme"
                        + " and host",
                "content: '{body}' | content: '{ts}{body}' | (expected: {ts} exactly with"
                        + " timestamp)",
                "content: '{body}' | content: '{body}', bind: 'query:sha' | bind: query:sha"
                        + " (expected: among what is signed)",
                "content: '{body}' | content: '{method}', timestamp: {from: 'json:/t', format: s} |"
                        + " (expected: {ts} exactly with timestamp)"
            })
    void a_scheme_that_cannot_prove_what_it_says_is_refused_in_plain_words(
            String from, String to, String message) throws IOException {
        String yaml = SOUND.replace(from, to.replaceAll(", (bind|timestamp)", "\n      $1"));
        SignatureScheme scheme = read(yaml).get("acme").schemes().get(0);

        assertThatThrownBy(() -> new SchemeReader(scheme, Site.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, Preset> read(String yaml) throws IOException {
        return PresetReader.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
