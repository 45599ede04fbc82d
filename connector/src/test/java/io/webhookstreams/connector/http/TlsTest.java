/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.ListenerOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

class TlsTest extends ServerTestBase {

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void alpn_chooses_the_protocol(HttpClient.Version version) throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "EC");
        TestServer server = start(withTls(certificate));

        HttpResponse<String> answer =
                deliver(server, trusting(certificate, "TLSv1.3", version), version);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void keys_of_both_kinds_serve_tls_1_2(String algorithm) throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, algorithm);
        TestServer server = start(withTls(certificate));
        HttpClient.Version version = HttpClient.Version.HTTP_2;

        HttpResponse<String> answer =
                deliver(server, trusting(certificate, "TLSv1.2", version), version);

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_client_that_does_not_trust_the_certificate_gets_nowhere() throws Exception {
        start(withTls(SelfSigned.make(folder, "EC")));

        assertThatThrownBy(() -> send(aDelivery()))
                .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class)
                .hasStackTraceContaining(SSLHandshakeException.class.getName());
    }

    @Test
    void a_key_that_is_no_key_is_named_by_its_option() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "EC");
        Path notAKey = Files.writeString(folder.resolve("not-a-key.pem"), "secret-looking text");
        TestServer.Options options =
                withTls(certificate)
                        .listener(l -> l.set(ListenerOptions.TLS_KEY, notAKey.toString()));

        assertThatThrownBy(options::start)
                .isInstanceOf(IOException.class)
                .hasMessage("tls.key: no such block (expected: -----BEGIN PRIVATE KEY-----)");
    }

    @Test
    void a_client_of_tls_1_2_cannot_have_the_handshake_again() throws Exception {
        SelfSigned certificate = SelfSigned.make(folder, "EC");
        start(withTls(certificate));

        try (SSLSocket socket =
                (SSLSocket)
                        certificate
                                .trustingContext()
                                .getSocketFactory()
                                .createSocket("localhost", server().uri("/").getPort())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            socket.startHandshake();

            assertThat(hasEnded(socket)).isTrue();
        }
    }

    /** Not where it is silent until the socket's timeout. */
    private static boolean hasEnded(SSLSocket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SSLException | SocketException e) {
            return true;
        }
    }

    private HttpResponse<String> deliver(
            TestServer server, HttpClient trusting, HttpClient.Version version) throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                trusting.sendAsync(
                        aDelivery().version(version).build(), HttpResponse.BodyHandlers.ofString());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        return answer.get();
    }

    private TestServer.Options withTls(SelfSigned certificate) throws IOException {
        return options()
                .listener(
                        l ->
                                l.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                        .set(
                                                ListenerOptions.TLS_CERTIFICATE,
                                                certificate.certificate().toString())
                                        .set(
                                                ListenerOptions.TLS_KEY,
                                                certificate.key().toString()));
    }

    private static HttpClient trusting(
            SelfSigned certificate, String protocol, HttpClient.Version version) throws Exception {
        SSLContext context = certificate.trustingContext();
        SSLParameters parameters = new SSLParameters();
        parameters.setProtocols(new String[] {protocol});
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(context)
                .sslParameters(parameters)
                .build();
    }
}
