/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;

import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

/** Several proofs of one request, over the wire. */
class CombinedTest extends ServerTestBase {

    private static final String GITHUB_SECRET = "the-webhooks-own-secret";
    private static final String LISTED = "gateway.example.com";

    @Test
    void of_any_one_is_enough_and_no_credential_reaches_a_record() throws Exception {
        TestServer server = start(combined("any-of", bearer()));

        assertThat(send(delivery(true, false)).statusCode()).isEqualTo(200);
        WebhookDelivery byToken = server.intake.awaitDelivery();
        assertThat(byToken.authScheme()).isEqualTo("bearer");
        assertThat(byToken.secretName()).isEqualTo("gate/token");
        assertThat(byToken.headers().toString()).doesNotContain(TestServer.TOKEN);

        assertThat(send(delivery(false, true)).statusCode()).isEqualTo(200);
        assertThat(server.intake.awaitDelivery().authScheme()).isEqualTo("github");

        HttpResponse<String> neither = send(delivery(false, false));
        assertRefused(neither, 401, "unauthorized");
        assertThat(neither.headers().firstValue("www-authenticate"))
                .contains("Bearer realm=\"webhooks\", hmac-sha256 realm=\"webhooks\"");
    }

    @Test
    void of_all_none_may_be_missing() throws Exception {
        TestServer server = start(combined("all-of", bearer()));

        assertRefused(send(delivery(true, false)), 401, "unauthorized");
        assertRefused(send(delivery(false, true)), 401, "unauthorized");
        assertThat(send(delivery(true, true)).statusCode()).isEqualTo(200);
        WebhookDelivery delivery = server.intake.awaitDelivery();
        assertThat(delivery.authScheme()).isEqualTo("bearer+github");
        assertThat(delivery.secretName()).isEqualTo("gate/token+hub/hub-key");
    }

    @Test
    void a_client_certificate_and_a_signature() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "EC");
        TestCa ca = TestCa.make(folder, "ca").issue(LISTED);
        Map<String, String> members =
                Map.of("client.type", "mtls", "client.clients", "shop=dns:" + LISTED);
        String clientCa = ca.pem().toString();
        start(
                combined("all-of", members)
                        .listener(
                                listener ->
                                        listener.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                                .set(
                                                        ListenerOptions.TLS_CERTIFICATE,
                                                        certificate.certificate().toString())
                                                .set(
                                                        ListenerOptions.TLS_KEY,
                                                        certificate.key().toString())
                                                .set(ListenerOptions.TLS_CLIENT_CA, clientCa)
                                                .set(
                                                        ListenerOptions.TLS_CLIENT_AUTH,
                                                        ClientAuth.WANT)));

        HttpResponse<String> both = over(ca.client(LISTED, certificate), delivery(false, true));
        HttpResponse<String> unsigned =
                over(ca.client(LISTED, certificate), delivery(false, false));
        HttpResponse<String> nobody = over(certificate.trustingContext(), delivery(false, true));

        assertThat(both.statusCode()).isEqualTo(200);
        assertThat(server().intake.awaitDelivery().secretName())
                .isEqualTo("client/shop+hub/hub-key");
        assertRefused(unsigned, 401, "unauthorized");
        assertRefused(nobody, 401, "unauthorized");
    }

    @Test
    void a_member_that_asks_for_certificates_needs_a_listener_that_does() throws Exception {
        TestServer.Options options =
                combined(
                        "any-of", Map.of("client.type", "mtls", "client.clients", "dns:a.example"));

        assertThatThrownBy(options::settings)
                .hasMessageContaining("streams.orders.auth.type: any-of")
                .hasMessageContaining("listener.tls.client-auth");
    }

    @Test
    void problems_of_members_have_their_names_and_no_secret() throws Exception {
        TestServer.Options options =
                combined(
                        "any-of",
                        Map.of(
                                "gate.type",
                                "bearer",
                                "gate.secrets",
                                GITHUB_SECRET,
                                "gate.tolerances",
                                "5 min",
                                "stray",
                                GITHUB_SECRET));

        assertThatThrownBy(options::settings)
                .hasMessageContaining("streams.orders.auth.of.gate.secrets: *** (")
                .hasMessageContaining("streams.orders.auth.of.gate.tolerances: unknown (expected:")
                .hasMessageContaining("streams.orders.auth.of.stray: a value (expected: its keys")
                .satisfies(
                        e ->
                                assertThat(e.getMessage().contains(GITHUB_SECRET))
                                        .as("says the secret")
                                        .isFalse());
    }

    private Map<String, String> bearer() {
        return Map.of(
                "gate.type", "bearer", "gate.secrets", "token=file:" + folder.resolve("token"));
    }

    private TestServer.Options combined(String type, Map<String, String> members) throws Exception {
        Map<String, String> all = new HashMap<>(members);
        all.put("hub.type", "github");
        all.put("hub.secrets", "file:" + Files.writeString(hubKey(), GITHUB_SECRET));
        return options()
                .orders(
                        stream -> {
                            stream.removeConfig(StreamOptions.AUTH_SECRETS);
                            stream.set(StreamOptions.AUTH_TYPE, type)
                                    .set(SchemeOptions.OF, all)
                                    .set(StreamOptions.TIER, Tier.ACCEPT);
                        });
    }

    private Path hubKey() {
        return folder.resolve("hub-key");
    }

    private HttpRequest.Builder delivery(boolean token, boolean signature) throws Exception {
        Outgoing draft =
                Outgoing.post(TestServer.ORDERS, EVENT.getBytes(StandardCharsets.UTF_8))
                        .header("X-Event-Id", "evt_1");
        if (token) {
            draft = draft.header("Authorization", "Bearer " + TestServer.TOKEN);
        }
        if (signature) {
            AuthSettings github = AuthSettings.of("github", SecretRef.parse("file:" + hubKey()));
            draft =
                    AuthSchemes.signer(github, LocalSecrets.below(folder))
                            .sign(draft, Instant.now(), "evt_1");
        }
        HttpRequest.Builder request =
                aRequest(server().uri(TestServer.ORDERS))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(draft.body()));
        draft.headers().forEach(request::header);
        return request;
    }

    private static HttpResponse<String> over(SSLContext context, HttpRequest.Builder request)
            throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
