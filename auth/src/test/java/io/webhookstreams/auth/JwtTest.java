/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestIssuer.base64;
import static io.webhookstreams.auth.TestIssuer.claims;
import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWTCreator;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.jwt.JwtSettings;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens that another library has signed, or that somebody has made up. */
class JwtTest {

    private static final String FILE = "file:keys.json";
    private static final String SHARED_SECRET = "a-shared-secret-of-more-than-32-bytes";
    private static final TestIssuer ISSUER = TestIssuer.named("key-1");
    private static final TestIssuer STRANGER = TestIssuer.named("key-1");

    private final TestSecrets secrets =
            new TestSecrets().put("keys.json", TestIssuer.jwks(ISSUER)).put("A", SHARED_SECRET);

    @Test
    void a_token_of_the_issuer_is_verified_and_names_its_key() {
        Verifier verifier = verifier(TestIssuer.settings(FILE, "RS256", "ES256"));

        for (String token : List.of(ISSUER.rs256(claims()), ISSUER.es256(claims()))) {
            assertThat(verifier.precheck(bearer(token).headersOnly())).isEmpty();
            assertThat(verifier.verify(bearer(token))).isEqualTo(new Verified("jwt", "key-1"));
        }
    }

    @Test
    void a_set_in_a_file_is_counted_as_a_whole_and_shows_when_it_is_gone() {
        Verifier verifier = verifier(TestIssuer.settings(FILE, "RS256"));

        verifier.verify(bearer(ISSUER.rs256(claims())));
        verifier.verify(bearer(STRANGER.rs256(claims())));

        SecretStatus file = verifier.secrets().get(0);
        assertThat(file.uses()).isEqualTo(1);
        assertThat(file.lastUsed()).isEqualTo(TestRequest.NOW);
        assertThat(file.readable()).isTrue();
        secrets.remove("keys.json");
        verifier.refresh();
        assertThat(verifier.secrets())
                .singleElement()
                .matches(status -> !status.readable() && status.readFailures() == 1);
    }

    @Test
    void a_token_that_names_no_key_is_refused() {
        // RFC 7515, A.3.
        String key =
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                        + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";
        String token =
                "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtc"
                        + "GxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjD"
                        + "xw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

        assertDenied(
                new TestSecrets()
                        .put(
                                "keys.json",
                                "{\"keys\":[" + key.replace("{", "{\"kid\":\"1\",") + "]}"),
                TestIssuer.settings(FILE, "ES256"),
                token,
                Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void a_token_without_a_signature_is_refused_however_it_says_so() {
        String payload = ISSUER.rs256(claims()).split("\\.", -1)[1];
        for (String alg : List.of("none", "None", "NONE", "nOnE")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"kid\":\"key-1\"}");
            assertRefused(header + "." + payload + ".");
            assertRefused(header + "." + payload + "." + base64("x"));
        }
        String signed = ISSUER.rs256(claims());
        assertRefused(signed.substring(0, signed.lastIndexOf('.') + 1));
        assertRefused(signed.substring(0, signed.lastIndexOf('.')));
    }

    @Test
    void a_public_key_is_never_taken_for_a_shared_secret() {
        for (byte[] publicKey :
                List.of(
                        ISSUER.rsa().getPublic().getEncoded(),
                        TestKeys.pem("PUBLIC KEY", ISSUER.rsa().getPublic().getEncoded())
                                .getBytes(StandardCharsets.UTF_8),
                        ISSUER.rsaJwk("").getBytes(StandardCharsets.UTF_8))) {
            String forged = hs256(claims(), publicKey);
            assertDenied(TestIssuer.settings(FILE, "RS256"), forged, Cause.NO_MATCH);
        }
    }

    @Test
    void a_symmetric_key_in_the_set_signs_nothing() {
        String oct = "{\"kty\":\"oct\",\"kid\":\"key-1\",\"k\":\"" + base64(SHARED_SECRET) + "\"}";
        secrets.put("keys.json", "{\"keys\":[" + oct + "," + ISSUER.ecJwk() + "]}");

        assertDenied(
                TestIssuer.settings(FILE, "RS256"),
                hs256(claims(), SHARED_SECRET.getBytes(StandardCharsets.UTF_8)),
                Cause.NO_MATCH);
    }

    @Test
    void an_algorithm_that_is_not_configured_is_refused_though_the_key_could() {
        assertDenied(TestIssuer.settings(FILE, "RS256"), ISSUER.es256(claims()), Cause.NO_MATCH);
        assertDenied(TestIssuer.settings(FILE, "PS256"), ISSUER.rs256(claims()), Cause.NO_MATCH);
    }

    @Test
    void a_key_for_something_else_verifies_nothing() {
        for (String more :
                List.of(",\"use\":\"enc\"", ",\"alg\":\"RS512\"", ",\"key_ops\":[\"sign\"]")) {
            secrets.put(
                    "keys.json", "{\"keys\":[" + ISSUER.rsaJwk(more) + "," + ISSUER.ecJwk() + "]}");
            assertDenied(
                    TestIssuer.settings(FILE, "RS256"), ISSUER.rs256(claims()), Cause.NO_MATCH);
        }
    }

    @Test
    void a_key_that_the_token_brings_along_is_not_looked_at() {
        Map<String, Object> brought = new HashMap<>();
        brought.put("jku", "https://attacker.example.com/keys.json");
        brought.put("x5u", "https://attacker.example.com/cert.pem");

        assertDenied(
                TestIssuer.settings(FILE, "RS256"),
                STRANGER.rs256(claims().withHeader(brought)),
                Cause.NO_MATCH);
        String header =
                base64("{\"alg\":\"RS256\",\"kid\":\"key-1\",\"jwk\":" + STRANGER.rsaJwk("") + "}");
        assertDenied(
                TestIssuer.settings(FILE, "RS256"),
                resigned(header, STRANGER.rs256(claims())),
                Cause.NO_MATCH);
        assertThat(
                        verifier(TestIssuer.settings(FILE, "RS256"))
                                .verify(bearer(ISSUER.rs256(claims().withHeader(brought)))))
                .isInstanceOf(Verified.class);
    }

    @Test
    void what_a_token_calls_critical_is_refused() {
        for (Map<String, Object> header :
                List.<Map<String, Object>>of(
                        Map.of("crit", List.of("exp"), "exp", 1),
                        Map.of("crit", List.of("b64"), "b64", true),
                        Map.of("crit", List.of("b64"), "b64", false))) {
            assertDenied(
                    TestIssuer.settings(FILE, "RS256"),
                    ISSUER.rs256(claims().withHeader(header)),
                    Cause.MALFORMED_CREDENTIAL);
        }
    }

    @Test
    void times_are_judged_with_the_leeway_and_no_more() {
        JwtSettings settings = TestIssuer.settings(FILE, "RS256");

        assertVerified(settings, claims().withExpiresAt(NOW.minusSeconds(9)));
        assertDenied(
                settings, claims().withExpiresAt(NOW.minusSeconds(10)), Cause.TIMESTAMP_TOO_OLD);
        assertVerified(settings, claims().withNotBefore(NOW.plusSeconds(10)));
        assertDenied(
                settings, claims().withNotBefore(NOW.plusSeconds(11)), Cause.TIMESTAMP_TOO_NEW);
        assertDenied(settings, claims().withIssuedAt(NOW.plusSeconds(11)), Cause.TIMESTAMP_TOO_NEW);
    }

    @Test
    void a_token_that_never_ends_is_refused_unless_its_age_is_bounded() {
        JWTCreator.Builder endless =
                com.auth0
                        .jwt
                        .JWT
                        .create()
                        .withIssuer(TestIssuer.ISSUER)
                        .withAudience(TestIssuer.AUDIENCE);
        JwtSettings aged =
                TestIssuer.settings(
                        FILE, Duration.ofMinutes(5), List.of(), List.of(), null, null, "RS256");

        assertDenied(TestIssuer.settings(FILE, "RS256"), endless, Cause.MALFORMED_CREDENTIAL);
        assertDenied(aged, endless, Cause.MALFORMED_CREDENTIAL);
        assertVerified(aged, endless.withIssuedAt(NOW.minusSeconds(300)));
        assertDenied(aged, endless.withIssuedAt(NOW.minusSeconds(301)), Cause.TIMESTAMP_TOO_OLD);
    }

    @Test
    void issuer_and_audience_must_be_ours_exactly() {
        JwtSettings settings = TestIssuer.settings(FILE, "RS256");

        for (String issuer :
                List.of("https://issuer.example.com", "https://other.example.com/", "")) {
            assertDenied(settings, claims().withIssuer(issuer), Cause.NO_MATCH);
        }
        assertDenied(settings, claims().withAudience("webhooks"), Cause.NO_MATCH);
        assertDenied(settings, claims().withAudience(), Cause.NO_MATCH);
        assertVerified(settings, claims().withAudience("x", TestIssuer.AUDIENCE));
    }

    @Test
    void claims_and_scopes_must_be_as_configured() {
        JwtSettings settings =
                TestIssuer.settings(
                        FILE,
                        null,
                        List.of("sub", "email=a@b.example", "email_verified=true", "roles=sender"),
                        List.of("orders", "write"),
                        null,
                        null,
                        "RS256");

        assertVerified(settings, rich().withClaim("scope", "read write orders"));
        assertVerified(settings, rich().withClaim("scp", List.of("write", "orders")));
        assertDenied(settings, rich().withClaim("scope", "write ordersx"), Cause.NO_MATCH);
        assertDenied(settings, rich(), Cause.NO_MATCH);
        JWTCreator.Builder scoped = rich().withClaim("scope", "orders write");
        assertDenied(settings, scoped.withClaim("email", "c@b.example"), Cause.NO_MATCH);
        assertDenied(
                settings,
                rich().withClaim("scope", "orders write").withClaim("email_verified", false),
                Cause.NO_MATCH);
        assertDenied(
                settings,
                rich().withClaim("scope", "orders write").withClaim("roles", List.of("reader")),
                Cause.NO_MATCH);
        assertDenied(
                settings,
                rich().withClaim("scope", "orders write").withNullClaim("sub"),
                Cause.NO_MATCH);
    }

    @Test
    void a_token_bound_to_a_body_is_worth_nothing_with_another() {
        JwtSettings settings =
                TestIssuer.settings(
                        FILE,
                        null,
                        List.of(),
                        List.of(),
                        "request_body_sha256",
                        "X-Proof",
                        "ES256");
        String hash = BodyBinding.digest(BODY);
        String token = ISSUER.es256(claims().withClaim("request_body_sha256", hash));
        Verifier verifier = verifier(settings);

        Received request = Received.of(Outgoing.post("/", BODY), NOW).with("x-proof", token);
        assertThat(verifier.verify(request)).isInstanceOf(Verified.class);
        assertThat(verifier.credentialHeaders()).contains("x-proof", "authorization");
        assertThat(verifier.verify(request.body(new byte[] {'x'})))
                .matches(denied -> ((Denied) denied).cause() == Cause.NO_MATCH);
        String unbound = ISSUER.es256(claims());
        assertThat(verifier.precheck(request.with("x-proof", unbound).headersOnly()))
                .hasValueSatisfying(d -> assertThat(d.cause()).isEqualTo(Cause.MISSING_CONTENT));
    }

    @Test
    void a_huge_token_is_refused_by_its_length() {
        String huge = ISSUER.rs256(claims().withClaim("x", "y".repeat(7000)));

        assertDenied(TestIssuer.settings(FILE, "RS256"), huge, Cause.MALFORMED_CREDENTIAL);
        assertThat(
                        ((Denied) verifier(TestIssuer.settings(FILE, "RS256")).verify(bearer(huge)))
                                .detail())
                .contains("at most 8192");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "e30.e30.e30",
                "eyJhbGciOiJSUzI1NiJ9.e30.e30",
                "a.b.c.d.e",
                "eyJhbGciOiJSUzI1NiIsImtpZCI6MX0.e30.e30",
                "\u00e9.\u00e9.\u00e9"
            })
    void what_is_no_token_is_refused_as_such(String token) {
        assertThat(verifier(TestIssuer.settings(FILE, "RS256")).verify(bearer(token)))
                .matches(d -> ((Denied) d).cause() == Cause.MALFORMED_CREDENTIAL);
    }

    @Test
    void deep_nesting_is_refused_and_overflows_nothing() {
        String deep = base64("{\"alg\":" + "[".repeat(5000) + "}");

        assertRefused(deep + ".e30.e30");
    }

    @Test
    void two_tokens_are_refused_and_another_scheme_is_none() {
        Verifier verifier = verifier(TestIssuer.settings(FILE, "RS256"));
        Received good = bearer(ISSUER.rs256(claims()));

        assertThat(((Denied) verifier.verify(good.again("authorization"))).cause())
                .isEqualTo(Cause.DUPLICATE_CREDENTIAL);
        assertThat(((Denied) verifier.verify(good.without("authorization"))).cause())
                .isEqualTo(Cause.MISSING_CREDENTIAL);
        assertThat(((Denied) verifier.verify(good.with("authorization", "Basic x"))).cause())
                .isEqualTo(Cause.MALFORMED_CREDENTIAL);
        assertThat(verifier.challenge()).startsWith("Bearer ");
    }

    @Test
    void a_damaged_token_gets_a_decision_and_is_verified_only_as_it_was() {
        Verifier verifier = verifier(TestIssuer.settings(FILE, "RS256", "ES256"));
        String good = ISSUER.es256(claims());
        Fuzz.inputs(
                5_000,
                random -> {
                    String token = Damage.of(good, random);
                    Decision decision = verifier.verify(bearer(token));
                    if (decision instanceof Verified) {
                        // Of the last character four bits mean nothing.
                        assertThat(token.strip()).startsWith(good.substring(0, good.length() - 1));
                    } else {
                        assertThat(((Denied) decision).detail()).doesNotContain(good);
                    }
                });
    }

    @Test
    void a_stranger_with_the_same_name_of_a_key_is_refused() {
        assertDenied(TestIssuer.settings(FILE, "RS256"), STRANGER.rs256(claims()), Cause.NO_MATCH);
        assertDenied(
                TestIssuer.settings(FILE, "RS256"),
                TestIssuer.named("key-2").rs256(claims()),
                Cause.NO_MATCH);
    }

    @Test
    void a_set_that_changes_is_used_and_one_that_goes_away_refuses_for_a_time() {
        Verifier verifier = verifier(TestIssuer.settings(FILE, "RS256"));
        TestIssuer next = TestIssuer.named("key-2");
        Received old = bearer(ISSUER.rs256(claims()));

        secrets.put("keys.json", TestIssuer.jwks(next));
        verifier.refresh();
        assertThat(verifier.verify(old)).isInstanceOf(Denied.class);
        assertThat(verifier.verify(bearer(next.rs256(claims())))).isInstanceOf(Verified.class);

        secrets.remove("keys.json");
        verifier.refresh();
        assertThat(((Denied) verifier.verify(old)).cause()).isEqualTo(Cause.SECRET_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"eA\"}]}",
                "x"
            })
    void a_set_of_no_use_opens_nothing(String json) {
        secrets.put("keys.json", json);

        assertThatThrownBy(() -> open(TestIssuer.settings(FILE, "RS256")))
                .isInstanceOf(SecretUnavailableException.class);
    }

    @Test
    void a_shared_secret_signs_and_another_does_not() throws Exception {
        JwtSettings settings = TestIssuer.settings(null, "HS256");
        Verifier verifier =
                AuthSchemes.verifier(TestSecrets.settings("jwt", "A").with(settings), secrets);

        assertThat(
                        verifier.verify(
                                bearer(
                                        hs256(
                                                claims(),
                                                SHARED_SECRET.getBytes(StandardCharsets.UTF_8)))))
                .isEqualTo(new Verified("jwt", "A"));
        assertThat(((Denied) verifier.verify(bearer(hs256(claims(), BODY)))).cause())
                .isEqualTo(Cause.NO_MATCH);
        assertThat(verifier.verify(bearer(ISSUER.rs256(claims())))).isInstanceOf(Denied.class);
    }

    @Test
    void a_short_shared_secret_is_refused_without_a_word_of_it() {
        secrets.put("A", "short-secret");

        assertThatThrownBy(
                        () ->
                                AuthSchemes.verifier(
                                        TestSecrets.settings("jwt", "A")
                                                .with(TestIssuer.settings(null, "HS256")),
                                        secrets))
                .isInstanceOf(SecretUnavailableException.class)
                .hasMessageContaining("12 bytes (expected: at least the digest's size of HS256)");
    }

    @Test
    void what_our_signer_makes_our_verifier_and_another_library_take() throws Exception {
        JwtSettings settings =
                TestIssuer.settings(
                        FILE,
                        Duration.ofMinutes(1),
                        List.of("email=a@b.example", "email_verified=true", "sub"),
                        List.of("orders"),
                        "body_hash",
                        null,
                        "RS256",
                        "ES256");
        secrets.put("k", TestKeys.pem("PRIVATE KEY", ISSUER.ec().getPrivate().getEncoded()));
        SecretRef key = SecretRef.parse("key-1=file:k");
        Signer signer = AuthSchemes.signer(AuthSettings.of("jwt", key).with(settings), secrets);

        Received sent = Received.of(signer.sign(Outgoing.post("/", BODY), NOW, "id"), NOW);

        assertThat(verifier(settings).verify(sent)).isEqualTo(new Verified("jwt", "key-1"));
        String token = sent.headers("authorization").get(0).substring("Bearer ".length());
        com.auth0
                .jwt
                .JWT
                .require(
                        com.auth0.jwt.algorithms.Algorithm.ECDSA256(
                                (java.security.interfaces.ECPublicKey) ISSUER.ec().getPublic(),
                                null))
                .acceptLeeway(1_000_000_000)
                .withIssuer(TestIssuer.ISSUER)
                .build()
                .verify(token);
    }

    @Test
    void nothing_can_be_signed_without_a_private_key() {
        AuthSettings settings = AuthSettings.of("jwt").with(TestIssuer.settings(FILE, "RS256"));

        assertThatThrownBy(() -> AuthSchemes.signer(settings, secrets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to sign a token, a private key, KID=file:PATH");
    }

    private static JWTCreator.Builder rich() {
        return claims().withClaim("email", "a@b.example")
                .withClaim("email_verified", true)
                .withClaim("roles", List.of("reader", "sender"));
    }

    private static String hs256(JWTCreator.Builder claims, byte[] secret) {
        return claims.withKeyId("key-1").sign(com.auth0.jwt.algorithms.Algorithm.HMAC256(secret));
    }

    private static String resigned(String header, String token) {
        String[] parts = token.split("\\.", -1);
        return header + "." + parts[1] + "." + parts[2];
    }

    private void assertRefused(String token) {
        assertThat(verifier(TestIssuer.settings(FILE, "RS256", "ES256")).verify(bearer(token)))
                .isInstanceOf(Denied.class);
    }

    private void assertVerified(JwtSettings settings, JWTCreator.Builder claims) {
        assertThat(verifier(settings).verify(bearer(ISSUER.rs256(claims))))
                .isInstanceOf(Verified.class);
    }

    private void assertDenied(JwtSettings settings, JWTCreator.Builder claims, Cause cause) {
        assertDenied(settings, ISSUER.rs256(claims), cause);
    }

    private void assertDenied(JwtSettings settings, String token, Cause cause) {
        assertDenied(secrets, settings, token, cause);
    }

    private static void assertDenied(
            TestSecrets secrets, JwtSettings settings, String token, Cause cause) {
        try {
            Verifier verifier =
                    AuthSchemes.verifier(AuthSettings.of("jwt").with(settings), secrets);
            Decision decision = verifier.verify(bearer(token));
            assertThat(decision).isInstanceOf(Denied.class);
            assertThat(((Denied) decision).cause()).isEqualTo(cause);
            assertThat(verifier.precheck(bearer(token).headersOnly())).isPresent();
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private static Received bearer(String token) {
        return Received.of(Outgoing.post("/", BODY), NOW).with("Authorization", "Bearer " + token);
    }

    private Verifier verifier(JwtSettings settings) {
        try {
            return open(settings);
        } catch (SecretUnavailableException e) {
            throw new AssertionError(e);
        }
    }

    private Verifier open(JwtSettings settings) throws SecretUnavailableException {
        return AuthSchemes.verifier(AuthSettings.of("jwt").with(settings), secrets);
    }
}
