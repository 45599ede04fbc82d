/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.ForwardedHeader;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLContext;

/** Certificates that a proxy forwards, over real TLS between the proxy and the listener. */
class ForwardedClientTest extends ServerTestBase {

    private static final String PROXY = "proxy.example.com";
    private static final String CLIENT = "orders.example.com";
    private static final String STRANGER = "stranger.example.com";
    private static final String XFCC = "X-Forwarded-Client-Cert";

    /** For all tests: each certificate is a process of its own that makes it. */
    @TempDir private static Path certificates;

    private static SelfSigned certificate;
    private static TestCa ca;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate = SelfSigned.make(certificates, "EC");
        ca = TestCa.make(certificates, "ca").issue(PROXY).issue(CLIENT).issue(STRANGER);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_proxys_client_is_let_in_and_its_certificate_is_not_in_the_record(
            HttpClient.Version version) throws Exception {
        TestServer server = start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));
        String value = "By=spiffe://proxy;Subject=\"CN=orders,O=Example\";DNS=" + CLIENT;

        HttpResponse<String> answer = post(PROXY, version, XFCC, value, "Client-Cert", ":AAAA:");

        assertThat(answer.statusCode()).isEqualTo(200);
        WebhookDelivery delivery = server.intake.awaitDelivery();
        assertThat(delivery.secretName()).isEqualTo("shop");
        assertThat(delivery.headers().toString().toLowerCase(Locale.ROOT))
                .contains("x-event-id")
                .doesNotContain("client-cert");
    }

    @Test
    void the_certificate_of_rfc_9440_lets_in() throws Exception {
        TestServer server = start(behindProxy(ForwardedHeader.CLIENT_CERT));

        assertThat(post(PROXY, "Client-Cert", byteSequence(CLIENT)).statusCode()).isEqualTo(200);
        assertThat(server.intake.awaitDelivery().secretName()).isEqualTo("shop");
        assertRefused(post(PROXY, "Client-Cert", byteSequence(STRANGER)), 401, "unauthorized");
        assertRefused(post(PROXY, "Client-Cert-Chain", byteSequence(CLIENT)), 401, "unauthorized");
    }

    @Test
    void from_another_peer_of_the_same_ca_the_header_is_no_credential() throws Exception {
        start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));

        assertRefused(post(STRANGER, XFCC, "DNS=" + CLIENT), 401, "unauthorized");
        assertThat(post(CLIENT, XFCC, "DNS=nobody").statusCode()).isEqualTo(200);
    }

    @Test
    void without_a_certificate_the_header_is_no_credential() throws Exception {
        start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));

        assertRefused(
                post(
                        certificate.trustingContext(),
                        HttpClient.Version.HTTP_1_1,
                        XFCC,
                        "DNS=" + CLIENT),
                401,
                "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DNS=nobody",
                "DNS=\"",
                ",",
                "Cert=\"%00\"",
                "DNS=" + CLIENT + ",DNS=nobody"
            })
    void what_does_not_name_a_listed_client_is_unauthorized(String value) throws Exception {
        start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));

        assertRefused(post(PROXY, XFCC, value), 401, "unauthorized");
    }

    @Test
    void two_lines_are_unauthorized() throws Exception {
        start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));
        String value = "DNS=" + CLIENT;

        assertRefused(post(PROXY, XFCC, value, XFCC, value), 401, "unauthorized");
    }

    @Test
    void a_proxy_without_the_header_is_unauthorized() throws Exception {
        start(behindProxy(ForwardedHeader.X_FORWARDED_CLIENT_CERT));

        assertRefused(post(PROXY), 401, "unauthorized");
    }

    private String byteSequence(String dns) throws Exception {
        byte[] der = ca.certificate(dns).getEncoded();
        return ":" + Base64.getEncoder().encodeToString(der) + ":";
    }

    private HttpResponse<String> post(String peer, String... headers) throws Exception {
        return post(peer, HttpClient.Version.HTTP_1_1, headers);
    }

    private HttpResponse<String> post(String peer, HttpClient.Version version, String... headers)
            throws Exception {
        return post(ca.client(peer, certificate), version, headers);
    }

    private HttpResponse<String> post(
            SSLContext context, HttpClient.Version version, String... headers) throws Exception {
        HttpRequest.Builder request = aDelivery().version(version);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private TestServer.Options behindProxy(ForwardedHeader header) throws Exception {
        String clientCa = ca.pem().toString();
        return options()
                .listener(
                        l ->
                                l.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                        .set(
                                                ListenerOptions.TLS_CERTIFICATE,
                                                certificate.certificate().toString())
                                        .set(ListenerOptions.TLS_KEY, certificate.key().toString())
                                        .set(ListenerOptions.TLS_CLIENT_AUTH, ClientAuth.WANT)
                                        .set(ListenerOptions.TLS_CLIENT_CA, clientCa))
                .orders(
                        s ->
                                s.set(StreamOptions.TIER, Tier.ACCEPT)
                                        .set(StreamOptions.AUTH_TYPE, "mtls")
                                        .set(StreamOptions.AUTH_SECRETS, List.of())
                                        .set(
                                                StreamOptions.AUTH_CLIENTS,
                                                List.of("shop=dns:" + CLIENT))
                                        .set(StreamOptions.AUTH_FORWARDED_HEADER, header)
                                        .set(
                                                StreamOptions.AUTH_FORWARDED_PROXIES,
                                                List.of("dns:" + PROXY)));
    }
}
