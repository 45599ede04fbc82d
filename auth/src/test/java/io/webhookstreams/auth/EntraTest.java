/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import static io.webhookstreams.auth.TestRequest.BODY;
import static io.webhookstreams.auth.TestRequest.NOW;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;

import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.jwt.JwtSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tokens as Entra ID makes them for one tenant, signed with a key of our own. */
class EntraTest {

    private static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String OTHER = "ffffbbbb-0000-cccc-1111-dddd2222eeee";
    private static final String AUDIENCE = "11112222-bbbb-3333-cccc-4444dddd5555";
    private static final String SENDER = "00001111-aaaa-2222-bbbb-3333cccc4444";
    private static final TestIssuer ENTRA = TestIssuer.named("entra-key");

    private final List<URI> fetched = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "entra-id, https://login.microsoftonline.com/TENANT/discovery/v2.0/keys",
        "entra-id-v1, https://login.microsoftonline.com/TENANT/discovery/keys"
    })
    void a_token_of_the_tenant_for_us_from_the_sender_passes(String type, String keys)
            throws Exception {
        Verifier verifier = verifier(type);

        assertThat(verifier.verify(request(token(type))))
                .isEqualTo(new Verified(type, "entra-key"));
        assertThat(fetched).containsExactly(URI.create(keys.replace("TENANT", TENANT)));
    }

    @ParameterizedTest
    @CsvSource({"entra-id", "entra-id-v1"})
    void whatever_is_anothers_is_refused(String type) throws Exception {
        Verifier verifier = verifier(type);
        String sender = type.equals("entra-id") ? "azp" : "appid";
        String other = type.equals("entra-id") ? "entra-id-v1" : "entra-id";

        assertDenied(verifier, token(other), "a token of the other version");
        assertDenied(verifier, token(type).withIssuer(issuer(type, OTHER)), "another tenant's");
        assertDenied(verifier, token(type).withAudience(SENDER), "for another");
        assertDenied(verifier, token(type).withClaim(sender, AUDIENCE), "another sender's");
        assertDenied(verifier, token(type).withNullClaim(sender), "nobody's");
        assertDenied(verifier, token(type).withClaim("ver", "3.0"), "of another version");
        Decision expired =
                verifier.verify(request(token(type).withExpiresAt(NOW.minusSeconds(61))));
        assertThat(((Denied) expired).cause()).isEqualTo(Cause.TIMESTAMP_TOO_OLD);
    }

    @Test
    void a_key_of_another_signs_nothing() throws Exception {
        String token = TestIssuer.named("entra-key").rs256(token("entra-id"));

        assertThat(((Denied) verifier("entra-id").verify(request(token))).cause())
                .isEqualTo(Cause.NO_MATCH);
    }

    @Test
    void tenant_audience_and_sender_must_be_said() {
        assertThat(AuthSchemes.problems(AuthSettings.of("entra-id")))
                .containsExactly(
                        "auth.jwt.tenant: missing (expected: the tenant's id, a GUID in lower"
                                + " case)",
                        "auth.jwt.audience: missing (expected: what aud must contain: this stream's"
                                + " own name)",
                        "auth.jwt.claims: no azp (expected: azp=VALUE among them)");
        assertThat(AuthSchemes.problems(settings("entra-id-v1", TENANT, "azp")))
                .containsExactly("auth.jwt.claims: no appid (expected: appid=VALUE among them)");
        assertThat(AuthSchemes.problems(settings("entra-id", TENANT, "azp"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"common", "contoso.onmicrosoft.com", "AAAABBBB-0000-CCCC-1111-DDDD2222EEEE", "''"})
    void a_tenant_is_one_by_its_id(String tenant) {
        assertThat(AuthSchemes.problems(settings("entra-id", tenant, "azp")))
                .containsExactly(
                        "auth.jwt.tenant: "
                                + tenant
                                + " (expected: the tenant's id, a GUID in lower case)");
    }

    @Test
    void a_tenant_is_for_those_who_have_tenants() {
        assertThat(AuthSchemes.problems(settings("google-pubsub", TENANT, "email")))
                .containsExactly(
                        "auth.jwt.tenant: "
                                + TENANT
                                + " (expected: none but with entra-id and entra-id-v1)");
    }

    private static AuthSettings settings(String type, String tenant, String sender) {
        return AuthSettings.of(type)
                .with(
                        new JwtSettings(
                                null,
                                null,
                                List.of(AUDIENCE),
                                null,
                                null,
                                null,
                                List.of(sender + "=" + SENDER),
                                null,
                                null,
                                null,
                                null,
                                null,
                                tenant));
    }

    private Verifier verifier(String type) throws SecretUnavailableException {
        String sender = type.equals("entra-id") ? "azp" : "appid";
        byte[] keys = TestIssuer.jwks(ENTRA).getBytes(StandardCharsets.UTF_8);
        Verifier verifier =
                AuthSchemes.verifier(
                        settings(type, TENANT, sender),
                        new TestSecrets(),
                        InstantSource.fixed(NOW),
                        url -> {
                            fetched.add(url);
                            return CompletableFuture.completedFuture(keys);
                        });
        verifier.refresh();
        return verifier;
    }

    private static JWTCreator.Builder token(String type) {
        boolean two = type.equals("entra-id");
        return JWT.create()
                .withIssuer(issuer(type, TENANT))
                .withAudience(AUDIENCE)
                .withIssuedAt(NOW.minusSeconds(10))
                .withNotBefore(NOW.minusSeconds(10))
                .withExpiresAt(NOW.plusSeconds(3600))
                .withClaim("tid", TENANT)
                .withClaim("ver", two ? "2.0" : "1.0")
                .withClaim(two ? "azp" : "appid", SENDER);
    }

    private static String issuer(String type, String tenant) {
        return type.equals("entra-id")
                ? "https://login.microsoftonline.com/" + tenant + "/v2.0"
                : "https://sts.windows.net/" + tenant + "/";
    }

    private static void assertDenied(Verifier verifier, JWTCreator.Builder token, String why) {
        Decision decision = verifier.verify(request(token));
        assertThat(decision).as(why).isInstanceOf(Denied.class);
        assertThat(((Denied) decision).cause()).as(why).isEqualTo(Cause.NO_MATCH);
    }

    private static Received request(JWTCreator.Builder token) {
        return request(ENTRA.rs256(token));
    }

    private static Received request(String token) {
        return Received.of(Outgoing.post("/", BODY), NOW).with("Authorization", "Bearer " + token);
    }
}
