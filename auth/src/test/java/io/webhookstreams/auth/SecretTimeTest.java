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

import java.time.Duration;
import java.time.Instant;

/** Secrets that have a time verify within it and no request outside of it. */
class SecretTimeTest {

    private static final String NEW_SECRET = "new-secret-of-github-or-of-an-issuer";
    private static final String OLD_SECRET = "old-secret-of-github-or-of-an-issuer";
    private static final String UNKNOWN_SECRET = "unknown-to-all-and-long-enough-for-hs256";
    private static final Instant SWITCH = NOW;

    private final TestSecrets secrets =
            new TestSecrets().put("NEW", NEW_SECRET).put("OLD", OLD_SECRET);
    private Instant now = NOW.minusSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"github", "bearer", "jwt"})
    void a_secret_verifies_within_its_time_only(String type) throws SecretUnavailableException {
        Verifier verifier = open(type);

        assertThat(decision(verifier, type, OLD_SECRET, SWITCH.minusMillis(1)))
                .isEqualTo(new Verified(type, "old"));
        assertThat(cause(decision(verifier, type, NEW_SECRET, SWITCH.minusMillis(1))))
                .isEqualTo(Cause.NO_MATCH);
        assertThat(decision(verifier, type, NEW_SECRET, SWITCH))
                .isEqualTo(new Verified(type, "new"));
        assertThat(cause(decision(verifier, type, OLD_SECRET, SWITCH))).isEqualTo(Cause.NO_MATCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "bearer", "jwt"})
    void a_request_made_with_it_outside_its_time_is_counted_as_its_own(String type)
            throws SecretUnavailableException {
        Verifier verifier = open(type);
        decision(verifier, type, OLD_SECRET, SWITCH.minusSeconds(2));
        decision(verifier, type, OLD_SECRET, SWITCH.minusSeconds(1));
        decision(verifier, type, OLD_SECRET, SWITCH.plusSeconds(1));
        decision(verifier, type, UNKNOWN_SECRET, SWITCH.plusSeconds(1));

        SecretStatus old = verifier.secrets().get(1);
        assertThat(old.uses()).isEqualTo(2);
        assertThat(old.lastUsed()).isEqualTo(SWITCH.minusSeconds(1));
        assertThat(old.refusedOutsideTime()).isEqualTo(1);
        assertThat(verifier.secrets().get(0).uses()).isZero();
        assertThat(verifier.secrets().get(0).lastUsed()).isNull();
    }

    @Test
    void one_that_is_over_may_be_gone_and_one_whose_time_it_is_may_not()
            throws SecretUnavailableException {
        now = SWITCH;
        secrets.remove("OLD");
        Verifier verifier = open("github");

        assertThat(cause(decision(verifier, "github", OLD_SECRET, SWITCH)))
                .isEqualTo(Cause.NO_MATCH);
        now = SWITCH.minusSeconds(1);
        assertThatThrownBy(() -> open("github"))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageEndingWith("no such variable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "bearer", "jwt"})
    void one_that_is_missing_when_its_time_comes_makes_the_rest_incomplete(String type)
            throws SecretUnavailableException {
        secrets.remove("NEW");
        Verifier verifier = open(type);
        now = SWITCH;
        verifier.refresh();
        verifier.refresh();

        assertThat(cause(decision(verifier, type, NEW_SECRET, SWITCH)))
                .isEqualTo(Cause.SECRET_UNAVAILABLE);
        assertThat(verifier.secrets().get(0).readFailures()).isEqualTo(2);
        assertThat(Rotation.of(verifier.secrets(), now, Duration.ofHours(1)))
                .isEqualTo(Rotation.INCOMPLETE);
    }

    /** Discord sends wrong signatures on purpose, and removes the URL when they get 503. */
    @Test
    void discords_wrong_signatures_are_wrong_though_one_of_two_keys_cannot_be_read()
            throws SecretUnavailableException {
        TestKeys known = TestKeys.of(Presets.named("discord").orElseThrow().schemes().get(0), 1);
        TestKeys other = TestKeys.of(Presets.named("discord").orElseThrow().schemes().get(0), 2);
        TestSecrets keys =
                new TestSecrets().put("A", known.verifying()).put("B", other.verifying());
        AuthSettings settings =
                AuthSettings.of("discord", SecretRef.parse("env:A"), SecretRef.parse("env:B"));
        Verifier verifier = AuthSchemes.verifier(settings, keys, () -> now);
        keys.remove("B");
        verifier.refresh();

        AuthRequest good = signedBy(known);
        assertThat(verifier.verify(good)).isInstanceOf(Verified.class);
        assertThat(verifier.precheck(signedBy(other))).isEmpty();
        assertThat(cause(verifier.verify(signedBy(other)))).isEqualTo(Cause.NO_MATCH);

        keys.remove("A");
        verifier.refresh();
        assertThat(cause(verifier.verify(good))).isEqualTo(Cause.SECRET_UNAVAILABLE);
    }

    private static AuthRequest signedBy(TestKeys keys) throws SecretUnavailableException {
        Signer signer =
                AuthSchemes.signer(
                        AuthSettings.of("discord", SecretRef.parse("env:A")),
                        new TestSecrets().put("A", keys.signing()));
        return aRequest().signedWith(signer).arrived();
    }

    @Test
    void new_bytes_under_the_same_name_were_not_used_yet() throws SecretUnavailableException {
        Verifier verifier = open("github");
        decision(verifier, "github", OLD_SECRET, now);
        secrets.put("OLD", "another-secret");
        now = now.plusSeconds(1);
        verifier.refresh();

        SecretStatus old = verifier.secrets().get(1);
        assertThat(old.lastUsed()).isNull();
        assertThat(old.since()).isEqualTo(now);
        assertThat(old.uses()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "old[not-after=2026-03-01T12:00:00Z]=file:/run/old",
                "new[not-before=2026-03-01T12:00:00Z]=env:NEW",
                "k[not-before=2026-03-01T12:00:00Z,not-after=2026-03-02T12:00:00Z]=env:K"
            })
    void a_reference_with_a_time_is_read_back(String text) {
        assertThat(SecretRef.parse(text)).hasToString(text);
    }

    @Test
    void a_time_without_a_name_leaves_the_locations_name() {
        SecretRef ref = SecretRef.parse("[not-after=2026-03-01T12:00:00Z]=file:/run/old");

        assertThat(ref.name()).isEqualTo("old");
        assertThat(ref.validity()).isEqualTo(new Validity(null, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k[not-after=c2VjcmV0LXRoYXQ]=env:K",
                "k[c2VjcmV0LXRoYXQ]=env:K",
                "k[]=env:K",
                "k[not-after=2026-03-01]=env:K",
                "k[not-after=2026-03-01T12:00:00Z,not-after=2026-03-01T12:00:00Z]=env:K",
                "k[not-before=2026-03-02T12:00:00Z,not-after=2026-03-01T12:00:00Z]=env:K",
                "k[not-before=2026-03-01T12:00:00Z=env:K"
            })
    void a_time_that_is_none_is_refused_and_not_echoed(String text) {
        assertThatThrownBy(() -> SecretRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ")
                .hasNoCause()
                .message()
                .doesNotContain("c2Vj");
    }

    private Verifier open(String type) throws SecretUnavailableException {
        AuthSettings settings =
                settings(
                        type,
                        SecretRef.parse("new[not-before=" + SWITCH + "]=env:NEW"),
                        SecretRef.parse("old[not-after=" + SWITCH + "]=env:OLD"));
        return AuthSchemes.verifier(settings, secrets, () -> now);
    }

    private static AuthSettings settings(String type, SecretRef... refs) {
        AuthSettings settings = AuthSettings.of(type, refs);
        return type.equals("jwt") ? settings.with(TestIssuer.settings(null, "HS256")) : settings;
    }

    /** As a request goes: its headers first. */
    private static Decision decision(Verifier verifier, String type, String secret, Instant at)
            throws SecretUnavailableException {
        Signer signer =
                AuthSchemes.signer(
                        settings(type, SecretRef.parse("env:A")),
                        new TestSecrets().put("A", secret));
        AuthRequest request = aRequest().signedWith(signer).at(at).receivedAt(at).arrived();
        return verifier.precheck(request)
                .<Decision>map(denied -> denied)
                .orElseGet(() -> verifier.verify(request));
    }

    private static Cause cause(Decision decision) {
        return ((Denied) decision).cause();
    }
}
