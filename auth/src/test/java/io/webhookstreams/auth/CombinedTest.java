/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.NOW;
import static io.webhookstreams.auth.TestRequest.aRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.auth.vendor.VendorSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** One of several proofs, or every one. */
class CombinedTest {

    private static final String BEARER_TOKEN = "a-token-of-the-gateway";
    private static final String GITHUB_SECRET = "It's a Secret to Everybody";

    private final TestSecrets secrets = all();

    @ParameterizedTest
    @CsvSource({
        "all-of, true, true, bearer+github, gate/B+hub/G",
        "all-of, true, false, , ",
        "all-of, false, true, , ",
        "all-of, false, false, , ",
        "any-of, true, true, bearer, gate/B",
        "any-of, true, false, bearer, gate/B",
        "any-of, false, true, github, hub/G",
        "any-of, false, false, , "
    })
    void who_is_let_in(String type, boolean token, boolean signature, String scheme, String secret)
            throws Exception {
        Verifier verifier = verifier(type);
        // Both are shown, and right or wrong.
        TestRequest request = request(token, signature);

        Decision decision = verifier.verify(request.arrived());

        assertThat(decision)
                .isEqualTo(
                        scheme == null
                                ? new Denied(Cause.NO_MATCH, ((Denied) decision).detail())
                                : new Verified(scheme, secret));
    }

    @Test
    void of_all_a_precheck_refuses_for_one_and_of_any_for_every_one() throws Exception {
        AuthRequest wrongToken = request(false, true).headersOnly();
        AuthRequest nothing = aRequest().headersOnly();

        assertThat(verifier("all-of").precheck(wrongToken)).isPresent();
        assertThat(verifier("any-of").precheck(wrongToken)).isEmpty();
        assertThat(verifier("any-of").precheck(nothing))
                .hasValueSatisfying(
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.MISSING_CREDENTIAL));
        assertThat(verifier("all-of").precheck(request(true, true).headersOnly())).isEmpty();
    }

    @Test
    void what_the_sender_has_tried_is_the_cause() throws Exception {
        AuthRequest token = aRequest().header("Authorization", "Bearer wrong").arrived();

        assertThat(cause("any-of", token)).isEqualTo(Cause.NO_MATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "any-of, false, SECRET_UNAVAILABLE",
        "all-of, true, SECRET_UNAVAILABLE",
        "all-of, false, NO_MATCH"
    })
    void our_own_fault_counts_where_it_alone_keeps_the_request_out(
            String type, boolean token, Cause cause) throws Exception {
        Verifier verifier = verifier(type);
        secrets.remove("G");
        verifier.refresh();

        assertThat(verifier.verify(request(token, true).arrived()))
                .isInstanceOfSatisfying(
                        Denied.class, denied -> assertThat(denied.cause()).isEqualTo(cause));
        assertThat(verifier.precheck(request(token, true).headersOnly()))
                .hasValueSatisfying(denied -> assertThat(denied.cause()).isEqualTo(cause));
    }

    @Test
    void of_all_a_wrong_signature_counts_more_than_our_own_fault_before_it() throws Exception {
        Verifier verifier = verifier("all-of");
        secrets.remove("B");
        verifier.refresh();

        assertThat(verifier.verify(request(true, false).arrived()))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied -> assertThat(denied.cause()).isEqualTo(Cause.NO_MATCH));
    }

    @Test
    void of_any_what_is_readable_goes_on() throws Exception {
        Verifier verifier = verifier("any-of");
        secrets.remove("G");
        verifier.refresh();

        assertThat(verifier.verify(request(true, false).arrived())).isInstanceOf(Verified.class);
    }

    @Test
    void credentials_of_every_member_are_kept_from_records_and_all_are_asked_for()
            throws Exception {
        AuthSettings settings =
                combined("any-of", member("a", "gitlab", "B"), member("b", "github", "G"));
        Verifier verifier = AuthSchemes.verifier(settings, secrets);

        assertThat(verifier.credentialHeaders()).contains("x-gitlab-token", "authorization");
        assertThat(verifier.credentialQueryParameters()).contains("access_token");
        assertThat(verifier.challenge())
                .isEqualTo("token realm=\"webhooks\", hmac-sha256 realm=\"webhooks\"");
        assertThat(verifier.scheme()).isEqualTo("any-of");
    }

    @Test
    void each_secret_is_counted_under_its_members_name_and_each_rotation_told_apart()
            throws Exception {
        Verifier verifier = verifier("all-of");
        verifier.verify(request(true, true).arrived());
        verifier.verify(request(true, true).arrived());

        assertThat(verifier.secrets())
                .extracting(SecretStatus::name, SecretStatus::uses)
                .containsExactly(tuple("gate/B", 2L), tuple("hub/G", 2L));
        assertThat(rotation(verifier)).isEqualTo(Rotation.SINGLE);

        AuthSettings rotating =
                combined(
                        "all-of", member("gate", "bearer", "B", "C"), member("hub", "github", "G"));
        secrets.put("C", "another-token-of-the-gateway");
        assertThat(rotation(AuthSchemes.verifier(rotating, secrets))).isEqualTo(Rotation.OVERLAP);
    }

    @Test
    void of_all_every_member_signs_and_of_any_the_first() throws Exception {
        Set<String> all = signer("all-of").sign(TestRequest.BODY, NOW).keySet();
        Set<String> any = signer("any-of").sign(TestRequest.BODY, NOW).keySet();

        assertThat(all).contains("authorization", "x-hub-signature-256");
        assertThat(any).contains("authorization").doesNotContain("x-hub-signature-256");
        assertThat(verifier("all-of").verify(aRequest().signedWith(signer("all-of")).arrived()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void a_client_certificate_is_not_signed_with() throws Exception {
        AuthMember client =
                new AuthMember(
                        "client",
                        new AuthSettings(
                                "mtls",
                                List.of(),
                                null,
                                null,
                                null,
                                JwtSettings.EMPTY,
                                ClientSettings.of(List.of(ClientName.parse("dns:a.example"))),
                                VendorSettings.EMPTY,
                                List.of(),
                                List.of()));
        AuthSettings settings = combined("all-of", client, member("hub", "github", "G"));

        assertThat(AuthSchemes.signer(settings, secrets).sign(TestRequest.BODY, NOW))
                .containsKey("x-hub-signature-256");
        assertThat(
                        AuthSchemes.verifier(settings, secrets)
                                .precheck(request(true, true).headersOnly()))
                .hasValueSatisfying(
                        denied ->
                                assertThat(denied.detail()).startsWith("client certificate: none"));
        assertThat(settings.asksFor("mtls")).isTrue();
        assertThatThrownBy(() -> AuthSchemes.signer(combined("any-of", client, client), secrets))
                .hasMessageContaining("mtls only");
    }

    @Test
    void all_problems_of_all_members_are_told_by_their_names() {
        AuthSettings settings =
                combined(
                        "any-of",
                        member("a", "stripes"),
                        member("b", "github"),
                        member("c", "all-of"),
                        member("d", "none"),
                        member("E!", "github", "G"));

        assertThat(AuthSchemes.problems(settings.with(List.of(SecretRef.parse("env:A")))))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("auth.of: 5 members (expected: 2 to 4"),
                        p -> assertThat(p).startsWith("auth.type: any-of (expected: all other"),
                        p -> assertThat(p).startsWith("auth.of.a.type: stripes (expected: one of"),
                        p -> assertThat(p).startsWith("auth.of.b.secrets: 0 references"),
                        p -> assertThat(p).startsWith("auth.of.c.type: all-of (expected: a type"),
                        p -> assertThat(p).startsWith("auth.of.d.type: none (expected: a type"),
                        p -> assertThat(p).startsWith("auth.of: E! (expected: names"));
        assertThat(
                        AuthSchemes.problems(
                                TestSecrets.settings("github", "G")
                                        .combining(List.of(member("a", "github", "G")))))
                .containsExactly("auth.of: set (expected: only with any-of and all-of)");
    }

    @Test
    void a_place_is_covered_by_one_of_all_and_by_each_of_any() {
        AuthMember hub = member("a", "github", "G");
        AuthMember twilio = member("b", "twilio", "B");

        assertThat(unsigned(combined("all-of", hub, twilio), "json:/id")).isFalse();
        assertThat(unsigned(combined("any-of", hub, twilio), "json:/id"))
                .isEqualTo(unsigned(twilio.settings(), "json:/id"));
        assertThat(unsigned(combined("any-of", hub, twilio), "header:x")).isTrue();
        assertThat(unsigned(combined("all-of", hub, member("b", "bearer", "B")), "json:/id"))
                .isFalse();
    }

    private static boolean unsigned(AuthSettings settings, String location) {
        return AuthSchemes.leavesUnsigned(settings, ValueLocation.parse(location));
    }

    private static Rotation rotation(Verifier verifier) {
        return Rotation.of(verifier.secrets(), Instant.now(), Duration.ofDays(1));
    }

    private Cause cause(String type, AuthRequest request) throws Exception {
        return ((Denied) verifier(type).verify(request)).cause();
    }

    private TestRequest request(boolean token, boolean signature) throws Exception {
        String secret = signature ? "G" : "B";
        return aRequest()
                .signedWith(AuthSchemes.signer(TestSecrets.settings("github", secret), all()))
                .header("Authorization", "Bearer " + (token ? BEARER_TOKEN : "wrong"));
    }

    private static TestSecrets all() {
        return new TestSecrets().put("B", BEARER_TOKEN).put("G", GITHUB_SECRET);
    }

    private Verifier verifier(String type) throws Exception {
        return AuthSchemes.verifier(gateAndHub(type), secrets);
    }

    private Signer signer(String type) throws Exception {
        return AuthSchemes.signer(gateAndHub(type), secrets);
    }

    private static AuthSettings gateAndHub(String type) {
        return combined(type, member("gate", "bearer", "B"), member("hub", "github", "G"));
    }

    private static AuthMember member(String name, String type, String... variables) {
        return new AuthMember(name, TestSecrets.settings(type, variables));
    }

    private static AuthSettings combined(String type, AuthMember... members) {
        return TestSecrets.settings(type).combining(Arrays.asList(members));
    }
}
