/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

class MtlsTest extends ServerTestBase {

    private static final String LISTED = "orders.example.com";
    private static final String OTHER = "other.example.com";

    /** For all tests: each certificate is a process of its own that makes it. */
    @TempDir private static Path certificates;

    private static SelfSigned made;
    private static TestCa madeCa;

    private SelfSigned certificate;
    private TestCa ca;

    @BeforeAll
    static void makeCertificates() throws Exception {
        made = SelfSigned.make(certificates, "EC");
        madeCa = TestCa.make(certificates, "ca").issue(LISTED);
    }

    @BeforeEach
    void copyCertificates() throws Exception {
        certificate = made.copyTo(folder);
        ca = madeCa.copyTo(folder);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void a_listed_certificate_lets_in_under_the_name_of_its_entry(HttpClient.Version version)
            throws Exception {
        TestServer server = start(withClients(ClientAuth.WANT, "shop=dns:" + LISTED));

        HttpResponse<String> answer = post(ca.client(LISTED, certificate), version);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.intake.awaitDelivery().secretName()).isEqualTo("shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uri:spiffe://example/billing", "email:billing@example.com"})
    void other_alternative_names_let_in_as_hosts_do(String name) throws Exception {
        TestServer server = start(withClients(ClientAuth.NEED, "billing=" + name));
        SSLContext billing = ca.issueWith(OTHER, name).client(OTHER, certificate);

        assertThat(post(billing).statusCode()).isEqualTo(200);
        assertThat(server.intake.awaitDelivery().secretName()).isEqualTo("billing");
        assertRefused(post(ca.client(LISTED, certificate)), 401, "unauthorized");
    }

    @Test
    void a_certificate_that_was_taken_off_the_list_is_unauthorized() throws Exception {
        start(withClients(ClientAuth.NEED, "dns:" + OTHER));

        assertRefused(post(ca.client(LISTED, certificate)), 401, "unauthorized");
    }

    @Test
    void one_that_is_taken_off_the_list_is_refused_on_its_open_connection() throws Exception {
        TestServer server = start(withClients(ClientAuth.NEED, "dns:" + LISTED, "dns:" + OTHER));
        ca.issue(OTHER);
        SSLContext leaves = ca.client(LISTED, certificate);
        SSLContext stays = ca.client(OTHER, certificate);
        try (RawClient leaving = new RawClient(socket(leaves, server));
                RawClient staying = new RawClient(socket(stays, server))) {
            assertThat(status(leaving)).isEqualTo(200);
            assertThat(status(staying)).isEqualTo(200);

            SourceSettings without = withClients(ClientAuth.NEED, "dns:" + OTHER).settings();
            server.server().reconfigure(without, 1);
            await(() -> server.server().configuration("source").version() == 1);

            assertThat(status(leaving)).isEqualTo(401);
            assertThat(status(staying)).isEqualTo(200);
        }
        assertRefused(post(leaves), 401, "unauthorized");
    }

    private static int status(RawClient client) throws IOException {
        client.send(
                """
                POST /in/orders HTTP/1.1\r
                Host: 127.0.0.1\r
                X-Event-Id: evt_1\r
                Content-Length: 2\r
                \r
                {}""");
        return RawAnswer.read(client).status();
    }

    @Test
    void without_a_certificate_a_forwarded_one_is_no_credential() throws Exception {
        start(withClients(ClientAuth.WANT, "dns:" + LISTED));
        HttpRequest.Builder request =
                aDelivery()
                        .header("X-Forwarded-Client-Cert", "DNS=" + LISTED)
                        .header("Client-Cert", ":AAAA:");

        HttpResponse<String> answer = over(certificate.trustingContext(), request);

        assertRefused(answer, 401, "unauthorized");
    }

    @Test
    void where_one_is_needed_there_is_no_connection_without() throws Exception {
        start(withClients(ClientAuth.NEED, "dns:" + LISTED));
        SSLContext without = certificate.trustingContext();

        assertThatThrownBy(() -> post(without)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = ClientAuth.class,
            names = {"WANT", "NEED"})
    void a_certificate_of_another_ca_gets_no_connection(ClientAuth clientAuth) throws Exception {
        start(withClients(clientAuth, "dns:" + LISTED));
        // Of the same name, else the client would not offer its certificate at all.
        SSLContext foreign =
                TestCa.make(Files.createDirectory(folder.resolve("foreign")), "ca")
                        .issue(LISTED)
                        .client(LISTED, certificate);

        assertThatThrownBy(() -> post(foreign)).isInstanceOf(IOException.class);
    }

    @Test
    void an_expired_certificate_gets_no_connection() throws Exception {
        start(withClients(ClientAuth.WANT, "dns:" + OTHER));
        SSLContext expired = ca.issueExpired(OTHER).client(OTHER, certificate);

        assertThatThrownBy(() -> post(expired)).isInstanceOf(IOException.class);
    }

    @Test
    void the_health_port_needs_no_certificate() throws Exception {
        TestServer server = start(withClients(ClientAuth.NEED, "dns:" + LISTED));
        URI live = server.health("/live");

        assertThat(send(aRequest(live)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"
            })
    void a_cipher_suite_below_the_floor_is_refused(String suite) throws Exception {
        TestServer server = start(withClients(ClientAuth.NONE));

        assertThatThrownBy(() -> handshake(server, "TLSv1.2", suite))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("handshake_failure");
        handshake(server, "TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0301, 0x0302})
    void older_protocols_are_refused(int version) throws Exception {
        TestServer server = start(withClients(ClientAuth.NONE));

        // A fatal alert, protocol_version (RFC 8446, 6.2).
        assertThat(answerToHello(server, version)).startsWith(21).endsWith(2, 70);
        assertThat(answerToHello(server, 0x0303)).startsWith(22);
    }

    @Test
    void a_client_ca_that_was_replaced_lets_in_its_own_and_no_others() throws Exception {
        start(withClients(ClientAuth.NEED, "dns:" + LISTED));
        TestCa next =
                TestCa.make(Files.createDirectory(folder.resolve("next")), "ca").issue(LISTED);
        SSLContext before = ca.client(LISTED, certificate);
        SSLContext after = next.client(LISTED, certificate);
        assertThat(post(before).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> post(after)).isInstanceOf(IOException.class);

        replace(ca.pem(), next.pem());

        await(() -> isLetIn(after));
        assertThatThrownBy(() -> post(before)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void new_files_are_used_while_no_request_fails(HttpClient.Version version) throws Exception {
        SelfSigned next = SelfSigned.make(Files.createDirectory(folder.resolve("next")), "EC");
        TestServer server = start(withClients(ClientAuth.NONE));
        HttpClient before = client(certificate.trustingContext());
        HttpClient after = client(next.trustingContext());
        assertThat(over(before, version).statusCode()).isEqualTo(200);

        replace(certificate.key(), next.key());
        replace(certificate.certificate(), next.certificate());

        boolean taken = false;
        for (int i = 0; i < 20_000 && !taken; i++) {
            assertThat(over(before, version).statusCode()).isEqualTo(200);
            taken = accepts(server, next);
        }
        assertThat(taken).as("the new certificate is served").isTrue();
        assertThat(over(after, version).statusCode()).isEqualTo(200);
        assertThat(over(before, version).statusCode()).isEqualTo(200);
    }

    @Test
    void files_that_cannot_be_used_are_logged_once_and_the_ones_before_stay() throws Exception {
        CapturedLog log = expectWarnings();
        ByteBudget budget = new ByteBudget("budget", 1);
        ListenerMetrics metrics = new ListenerMetrics(budget, budget, () -> 0);
        ReloadingTls tls =
                new ReloadingTls(withClients(ClientAuth.NONE).settings().listener(), metrics);
        tls.start();
        String good = Files.readString(certificate.certificate());
        Files.writeString(certificate.certificate(), "no certificate");

        tls.refresh();
        tls.refresh();

        assertThat(metrics.isTlsStale()).isTrue();
        assertThat(log.lines()).hasSize(1);
        assertThat(tls.newSSLEngine()).isNotNull();

        Files.writeString(certificate.certificate(), good);
        tls.refresh();

        assertThat(metrics.isTlsStale()).isFalse();
        tls.stop();
    }

    private boolean isLetIn(SSLContext context) throws Exception {
        try {
            return post(context).statusCode() == 200;
        } catch (IOException refused) {
            return false;
        }
    }

    /** The first record that answers a hello of a version and the suites of its time. */
    private static byte[] answerToHello(TestServer server, int version) throws IOException {
        String hello =
                "%04x".formatted(version)
                        + "00".repeat(32)
                        + "00"
                        // ECDHE_ECDSA with AES-128-CBC-SHA, and with AES-128-GCM-SHA256.
                        + "0004c009c02b"
                        + "0100"
                        // The group P-256, ECDSA with SHA-256 and P-256.
                        + "0012000a000400020017000d0006000404030401";
        byte[] body = HexFormat.of().parseHex(hello);
        ByteBuffer record = ByteBuffer.allocate(9 + body.length);
        record.put((byte) 22).putShort((short) 0x0301).putShort((short) (4 + body.length));
        record.putInt((1 << 24) | body.length).put(body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(record.array());
            byte[] header = socket.getInputStream().readNBytes(5);
            byte[] rest = socket.getInputStream().readNBytes(ByteBuffer.wrap(header).getShort(3));
            return ByteBuffer.allocate(1 + rest.length).put(header[0]).put(rest).array();
        }
    }

    private boolean accepts(TestServer server, SelfSigned trusted) throws Exception {
        try (SSLSocket socket = socket(server, trusted)) {
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    private void handshake(TestServer server, String protocol, String suite) throws Exception {
        try (SSLSocket socket = socket(server, certificate)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
        }
    }

    private static SSLSocket socket(TestServer server, SelfSigned trusted) throws Exception {
        return socket(trusted.trustingContext(), server);
    }

    private static SSLSocket socket(SSLContext context, TestServer server) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    }

    /** As Kubernetes does: what a name stands for changes at once. */
    private static void replace(Path file, Path by) throws IOException {
        Path link = Files.createSymbolicLink(file.resolveSibling("link"), by);
        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private HttpResponse<String> post(SSLContext context) throws Exception {
        return post(context, HttpClient.Version.HTTP_1_1);
    }

    private HttpResponse<String> post(SSLContext context, HttpClient.Version version)
            throws Exception {
        return over(client(context), version);
    }

    private HttpResponse<String> over(HttpClient client, HttpClient.Version version)
            throws Exception {
        return client.send(
                aDelivery().version(version).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> over(SSLContext context, HttpRequest.Builder request)
            throws Exception {
        return client(context).send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    /** Without clients the stream wants its bearer token. */
    private TestServer.Options withClients(ClientAuth clientAuth, String... clients)
            throws Exception {
        TestServer.Options options =
                options()
                        .orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT))
                        .listener(
                                l ->
                                        l.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                                .set(
                                                        ListenerOptions.TLS_CERTIFICATE,
                                                        certificate.certificate().toString())
                                                .set(
                                                        ListenerOptions.TLS_KEY,
                                                        certificate.key().toString())
                                                .set(ListenerOptions.TLS_CLIENT_AUTH, clientAuth));
        if (clientAuth != ClientAuth.NONE) {
            String file = ca.pem().toString();
            options.listener(l -> l.set(ListenerOptions.TLS_CLIENT_CA, file))
                    .orders(
                            s ->
                                    s.set(StreamOptions.AUTH_TYPE, "mtls")
                                            .set(StreamOptions.AUTH_SECRETS, List.of())
                                            .set(StreamOptions.AUTH_CLIENTS, List.of(clients)));
        }
        return options;
    }
}
