/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

class CredentialNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "proxy-authorization",
                "cookie",
                "set-cookie",
                "x-api-key",
                "apikey",
                "x-gitlab-token",
                "plaid-verification",
                "x-goog-channel-token",
                "x-shared-secret"
            })
    void what_can_be_used_again_is_a_credential(String header) {
        assertThat(CredentialNames.isHeader(header)).isTrue();
    }

    /** Whatever a preset signs with must be kept, or nothing could be verified again. */
    @Test
    void no_header_that_a_signature_needs_is_one() {
        List<String> needed =
                Presets.all().stream()
                        .flatMap(preset -> preset.schemes().stream())
                        .filter(scheme -> scheme.algorithm().signs())
                        .flatMap(CredentialNamesTest::sources)
                        .filter(source -> source.kind() == FieldSource.Kind.HEADER)
                        .map(FieldSource::name)
                        .toList();

        assertThat(needed).hasSizeGreaterThan(20).noneMatch(CredentialNames::isHeader);
        assertThat(Stream.of("paypal-transmission-sig", "paypal-auth-algo", "content-type"))
                .noneMatch(CredentialNames::isHeader);
    }

    @Test
    void every_header_that_shows_a_token_is_one() {
        assertThat(Presets.all())
                .flatExtracting(Preset::schemes)
                .filteredOn(scheme -> !scheme.algorithm().signs())
                .extracting(scheme -> scheme.signature().from())
                .filteredOn(from -> from.kind() == FieldSource.Kind.HEADER)
                .allMatch(from -> CredentialNames.isHeader(from.name()));
        assertThat(CredentialNames.isParameter("access_token")).isTrue();
        assertThat(CredentialNames.isParameter("id")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "stripe", "aws-sns", "paypal", "twilio", "adyen"})
    void a_request_that_is_signed_is_worth_keeping(String type) {
        assertThat(AuthSchemes.isWorthKeeping(AuthSettings.of(type))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "bearer",
                "basic",
                "api-key",
                "jwt",
                "plaid",
                "google-pubsub",
                "mtls",
                "gitlab",
                "microsoft-graph"
            })
    void one_that_shows_a_token_is_not(String type) {
        assertThat(AuthSchemes.isWorthKeeping(AuthSettings.of(type))).isFalse();
    }

    @Test
    void beside_a_token_in_the_body_nothing_is() {
        AuthSettings signed =
                AuthSettings.of("all-of")
                        .combining(List.of(member("a", "github"), member("b", "bearer")));
        AuthSettings shown =
                AuthSettings.of("all-of")
                        .combining(List.of(member("a", "github"), member("b", "microsoft-graph")));

        assertThat(AuthSchemes.isWorthKeeping(signed)).isTrue();
        assertThat(AuthSchemes.isWorthKeeping(shown)).isFalse();
    }

    private static AuthMember member(String name, String type) {
        return new AuthMember(name, AuthSettings.of(type));
    }

    private static Stream<FieldSource> sources(SignatureScheme scheme) {
        return Stream.concat(
                Stream.of(scheme.signature().from()),
                scheme.timestamp() == null ? Stream.empty() : Stream.of(scheme.timestamp().from()));
    }
}
