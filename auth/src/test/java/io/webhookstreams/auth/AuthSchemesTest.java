/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

class AuthSchemesTest {

    @Test
    void the_types_are_the_presets_and_seven_more() {
        assertThat(AuthSchemes.types())
                .hasSize(7 + Presets.all().size())
                .contains(
                        "all-of", "any-of", "bearer", "custom", "jwt", "mtls", "none", "stripe",
                        "twilio");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "github", "standard-webhooks", "stripe"})
    void a_type_with_a_secret_is_sound_and_without_one_is_not(String type) {
        assertThat(AuthSchemes.problems(TestSecrets.settings(type, "A"))).isEmpty();
        assertThat(AuthSchemes.problems(TestSecrets.settings(type)))
                .containsExactly(
                        "auth.secrets: 0 references (expected: at least one file:PATH or"
                                + " env:NAME)");
    }

    @Test
    void none_is_sound_without_secrets_only() {
        assertThat(AuthSchemes.problems(TestSecrets.settings("none"))).isEmpty();
        assertThat(AuthSchemes.problems(TestSecrets.settings("none", "A")))
                .containsExactly("auth.secrets: 1 references (expected: 0 with type none)");
    }

    @Test
    void an_unknown_or_absent_type_is_told_what_is_known() {
        String known = String.join(", ", AuthSchemes.types());

        assertThat(AuthSchemes.problems(TestSecrets.settings("stripes", "A")))
                .containsExactly("auth.type: stripes (expected: one of " + known + ")");
        assertThat(AuthSchemes.problems(TestSecrets.settings(null)))
                .containsExactly("auth.type: absent (expected: one of " + known + ")");
    }

    @Test
    void all_problems_are_reported_together() {
        List<SecretRef> refs =
                IntStream.range(0, 9).mapToObj(i -> SecretRef.parse("env:A")).toList();

        assertThat(
                        AuthSchemes.problems(
                                new AuthSettings(
                                        "github",
                                        refs,
                                        Duration.ofSeconds(-1),
                                        Duration.ZERO,
                                        null)))
                .containsExactly(
                        "auth.secrets: 9 references (expected: at most 8)",
                        "auth.secrets: 1 names for 9 references (expected: a name each, as in"
                                + " NAME=file:PATH)",
                        "auth.tolerance.past: -1 s (expected: 0 s or more)",
                        "auth.tolerance.past: -1 s (expected: none, github signs no time)",
                        "auth.tolerance.future: 0 s (expected: none, github signs no time)");
    }

    @Test
    void settings_with_problems_open_nothing() {
        AuthSettings settings = TestSecrets.settings("github");

        assertThatThrownBy(() -> AuthSchemes.verifier(settings, new TestSecrets()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("auth.secrets: 0 references");
        assertThatThrownBy(() -> AuthSchemes.signer(settings, new TestSecrets()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void none_lets_everyone_in_and_says_so() throws SecretUnavailableException {
        Verifier verifier = AuthSchemes.verifier(TestSecrets.settings("none"), new TestSecrets());
        AuthRequest request = TestRequest.aRequest().headersOnly();

        assertThat(verifier.precheck(request)).isEmpty();
        assertThat(verifier.verify(request)).isEqualTo(new Verified("none", "-"));
        assertThat(verifier.credentialHeaders()).contains("authorization");
    }

    @Test
    void a_signer_takes_its_ids_from_where_it_is_told() throws SecretUnavailableException {
        Signer signer =
                AuthSchemes.signer(
                        TestSecrets.settings("github", "A"),
                        new TestSecrets().put("A", "secret"),
                        () -> "fixed");

        assertThat(signer.sign(TestRequest.BODY, TestRequest.NOW))
                .containsEntry("x-github-delivery", "fixed");
    }
}
