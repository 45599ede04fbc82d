/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTest {

    private static final String TOKEN = "b4c1f0a2-not-a-real-token";

    private final Verifier verifier = TestSecrets.verifier("bearer", TOKEN);

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", "BEARER  "})
    void the_token_verifies_however_the_scheme_is_spelled(String scheme) {
        AuthRequest request = aRequest().header("Authorization", scheme + TOKEN).headersOnly();

        assertThat(verifier.precheck(request)).isEmpty();
        assertThat(verifier.verify(request)).isEqualTo(new Verified("bearer", "A"));
    }

    @Test
    void our_signer_presents_the_token() {
        AuthRequest request =
                aRequest().signedWith(TestSecrets.signer("bearer", TOKEN)).at(NOW).arrived();

        assertThat(verifier.verify(request)).isInstanceOf(Verified.class);
    }

    @Test
    void a_wrong_token_is_refused_before_the_body_is_read() {
        AuthRequest request =
                aRequest().header("Authorization", "Bearer " + TOKEN + "x").headersOnly();

        assertThat(verifier.precheck(request))
                .contains(new Denied(Cause.NO_MATCH, "authorization: unknown token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Basic dTpw", "Bearer a b", TOKEN, "Bearer é"})
    void what_is_no_bearer_token_is_malformed(String value) {
        assertThat(verifier.verify(aRequest().header("Authorization", value).arrived()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.MALFORMED_CREDENTIAL));
    }

    @Test
    void two_authorization_headers_are_refused_even_if_one_is_right() {
        AuthRequest request =
                aRequest()
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Authorization", "Bearer other")
                        .arrived();

        assertThat(verifier.verify(request))
                .isEqualTo(
                        new Denied(Cause.DUPLICATE_CREDENTIAL, "authorization: 2 (expected: 1)"));
    }

    @Test
    void any_of_several_tokens_verifies_and_is_named() throws SecretUnavailableException {
        Verifier both =
                AuthSchemes.verifier(
                        TestSecrets.settings("bearer", "NEW", "OLD"),
                        new TestSecrets().put("NEW", "new-token").put("OLD", TOKEN));

        assertThat(both.verify(aRequest().header("Authorization", "Bearer " + TOKEN).arrived()))
                .isEqualTo(new Verified("bearer", "OLD"));
    }

    @Test
    void a_file_with_more_than_a_token_in_it_is_refused_when_opened() {
        assertThatThrownBy(
                        () ->
                                AuthSchemes.verifier(
                                        TestSecrets.settings("bearer", "A"),
                                        new TestSecrets().put("A", TOKEN + "\n")))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("secret A=env:A: not a token (expected: visible ASCII without blanks)");
    }

    @Test
    void the_credential_never_reaches_a_record() {
        assertThat(verifier.credentialHeaders()).contains("authorization", "cookie");
        assertThat(verifier.credentialQueryParameters()).contains("access_token");
        assertThat(verifier.challenge()).isEqualTo("Bearer realm=\"webhooks\"");
    }
}
