/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.jwt.JwtSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;

class JwtSettingsTest {

    @Test
    void nothing_said_is_everything_missing_told_together() {
        assertThat(AuthSchemes.problems(AuthSettings.of("jwt")))
                .containsExactly(
                        "auth.jwt.algorithms: missing (expected: any of ES256, ES384, ES512, HS256,"
                                + " HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512)",
                        "auth.jwt.jwks: missing (expected: file:PATH or https://HOST/PATH)",
                        "auth.jwt.issuer: missing (expected: what iss must be)",
                        "auth.jwt.audience: missing (expected: what aud must contain: this stream's"
                                + " own name)");
    }

    @ParameterizedTest
    @CsvSource({
        "none, expected: any of",
        "RS256 HS256, a public key must never pass for a shared secret",
        "rs256, expected: any of",
        "EdDSA, expected: any of"
    })
    void algorithms_that_must_not_be_are_refused(String algorithms, String problem) {
        JwtSettings settings = TestIssuer.settings("file:k", algorithms.split(" ", -1));

        assertThat(AuthSchemes.problems(AuthSettings.of("jwt").with(settings)))
                .anyMatch(p -> p.startsWith("auth.jwt.algorithms") && p.contains(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "http://issuer.example.com/keys, false",
        "https://u:p@issuer.example.com/keys, false",
        "https:/keys, false",
        "ftp://issuer.example.com/keys, false",
        "env:KEYS, false",
        "not a url, false",
        "https://issuer.example.com/keys#a, false",
        "https://issuer.example.com:8443/keys?a=b, true",
        "http://127.0.0.1:8080/keys, true",
        "file:keys.json, true",
        "main=file:keys.json, true"
    })
    void keys_come_from_a_file_or_over_tls(String jwks, boolean sound) {
        JwtSettings settings = TestIssuer.settings(jwks, "RS256");

        assertThat(AuthSchemes.problems(AuthSettings.of("jwt").with(settings)).isEmpty())
                .isEqualTo(sound);
    }

    @Test
    void shared_secrets_and_public_keys_do_not_mix() {
        assertThat(
                        AuthSchemes.problems(
                                AuthSettings.of("jwt")
                                        .with(TestIssuer.settings("file:k", "HS256"))))
                .containsExactly(
                        "auth.jwt.jwks: file:k (expected: none with HS…, whose secret stands in"
                                + " auth.secrets)",
                        "auth.secrets: 0 references (expected: 1 to 8 with HS…)");
        assertThat(
                        AuthSchemes.problems(
                                TestSecrets.settings("jwt", "A")
                                        .with(TestIssuer.settings("file:k", "RS256"))))
                .containsExactly(
                        "auth.secrets: 1 references (expected: 0, the public keys stand in"
                                + " auth.jwt.jwks)");
    }

    @Test
    void pubsub_wants_its_audience_and_its_service_account() {
        assertThat(AuthSchemes.problems(AuthSettings.of("google-pubsub")))
                .containsExactly(
                        "auth.jwt.audience: missing (expected: what aud must contain: this stream's"
                                + " own name)",
                        "auth.jwt.claims: no email (expected: email=VALUE among them)");
        assertThat(AuthSchemes.problems(AuthSettings.of("google-pubsub").with(account())))
                .isEmpty();
    }

    @Test
    void plaid_wants_its_keys_and_nothing_else() {
        assertThat(AuthSchemes.problems(AuthSettings.of("plaid")))
                .containsExactly(
                        "auth.jwt.jwks: missing (expected: file:PATH or https://HOST/PATH)");
    }

    @Test
    void tokens_are_for_those_who_take_them_and_times_have_bounds() {
        JwtSettings odd =
                new JwtSettings(
                        "file:k",
                        " ",
                        List.of(""),
                        List.of("RS256"),
                        Duration.ofHours(1),
                        Duration.ZERO,
                        List.of("=x", "a="),
                        List.of(" "),
                        null,
                        "a b",
                        Duration.ofSeconds(1),
                        Duration.ofDays(31),
                        null);

        assertThat(AuthSchemes.problems(AuthSettings.of("jwt").with(odd)))
                .extracting(p -> p.substring(0, p.indexOf(':')))
                .containsExactly(
                        "auth.jwt.issuer",
                        "auth.jwt.audience",
                        "auth.jwt.scopes",
                        "auth.jwt.claims",
                        "auth.jwt.claims",
                        "auth.jwt.leeway",
                        "auth.jwt.max-age",
                        "auth.jwt.refresh-interval",
                        "auth.jwt.outage-tolerance",
                        "auth.jwt.header");
        assertThat(AuthSchemes.problems(TestSecrets.settings("github", "A").with(account())))
                .containsExactly("auth.jwt: set (expected: nothing, github takes no tokens)");
    }

    private static JwtSettings account() {
        return new JwtSettings(
                null,
                null,
                List.of("https://hooks.example.com/in/pubsub"),
                null,
                null,
                null,
                List.of("email=push@project.iam.gserviceaccount.com"),
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
