/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.Denied.Cause;

import org.junit.jupiter.api.Test;

/** Secrets come, change and go while a stream is live. */
class RotationTest {

    private final TestSecrets secrets = new TestSecrets().put("NEW", "new").put("OLD", "old");

    @Test
    void both_secrets_verify_while_both_are_listed() throws SecretUnavailableException {
        Verifier verifier = open();

        assertThat(verifier.verify(signed("new"))).isEqualTo(new Verified("github", "NEW"));
        assertThat(verifier.verify(signed("old"))).isEqualTo(new Verified("github", "OLD"));
        assertThat(cause(verifier.verify(signed("other")))).isEqualTo(Cause.NO_MATCH);
    }

    @Test
    void the_first_secret_signs() throws SecretUnavailableException {
        Signer signer = AuthSchemes.signer(TestSecrets.settings("github", "NEW", "OLD"), secrets);

        assertThat(open().verify(aRequest().signedWith(signer).arrived()))
                .isEqualTo(new Verified("github", "NEW"));
    }

    @Test
    void a_changed_secret_is_used_after_a_refresh_and_the_former_one_no_more()
            throws SecretUnavailableException {
        Verifier verifier = open();
        secrets.put("NEW", "newer");

        assertThat(verifier.verify(signed("new"))).isInstanceOf(Verified.class);
        verifier.refresh();
        assertThat(verifier.verify(signed("newer"))).isInstanceOf(Verified.class);
        assertThat(cause(verifier.verify(signed("new")))).isEqualTo(Cause.NO_MATCH);
    }

    @Test
    void a_secret_that_went_away_is_revoked_and_the_others_go_on()
            throws SecretUnavailableException {
        Verifier verifier = open();
        secrets.remove("OLD");
        verifier.refresh();

        assertThat(verifier.verify(signed("new"))).isInstanceOf(Verified.class);
        assertThat(cause(verifier.verify(signed("old")))).isEqualTo(Cause.SECRET_UNAVAILABLE);
        assertThat(verifier.precheck(signed("old"))).isEmpty();
    }

    @Test
    void without_any_secret_everyone_is_refused_until_one_is_back()
            throws SecretUnavailableException {
        Verifier verifier = open();
        secrets.remove("OLD").remove("NEW");
        verifier.refresh();

        assertThat(verifier.precheck(signed("new")).map(Denied::cause))
                .contains(Cause.SECRET_UNAVAILABLE);
        assertThat(cause(verifier.verify(signed("new")))).isEqualTo(Cause.SECRET_UNAVAILABLE);

        secrets.put("NEW", "new");
        verifier.refresh();
        assertThat(verifier.verify(signed("new"))).isInstanceOf(Verified.class);
    }

    @Test
    void a_verifier_does_not_open_without_all_its_secrets() {
        secrets.remove("OLD");

        assertThatThrownBy(this::open)
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessage("secret OLD=env:OLD: no such variable");
    }

    @Test
    void only_what_we_lack_ourselves_deserves_a_retry() {
        assertThat(Cause.values())
                .filteredOn(Cause::isRetryable)
                .containsExactlyInAnyOrder(Cause.SECRET_UNAVAILABLE, Cause.KEY_PENDING);
    }

    private Verifier open() throws SecretUnavailableException {
        return AuthSchemes.verifier(TestSecrets.settings("github", "NEW", "OLD"), secrets);
    }

    private static AuthRequest signed(String secret) {
        return aRequest().signedWith(TestSecrets.signer("github", secret)).arrived();
    }

    private static Cause cause(Decision decision) {
        return ((Denied) decision).cause();
    }
}
