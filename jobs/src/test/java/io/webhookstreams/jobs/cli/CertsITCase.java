/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.jobs.Await;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.embedded.DataDirectory;
import io.webhookstreams.jobs.embedded.EmbeddedFlink;
import io.webhookstreams.jobs.embedded.FreePort;
import io.webhookstreams.jobs.embedded.StateDirectory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of {@code webhooks certs issue}, over real TLS, on both sides of our endpoint. */
class CertsITCase {

    private static final String LOOPBACK = "127.0.0.1";
    private static final char[] NO_PASSWORD = {};

    @TempDir Path folder;
    private int port;

    @Test
    void certificates_of_the_command_are_accepted_and_those_of_another_ca_are_not()
            throws Exception {
        issue("certs", "listener", "--server", "--san", "ip:" + LOOPBACK);
        issue("certs", "orders", "--san", "dns:orders.example.com");
        issue("certs", "unlisted");
        issue("foreign", "orders", "--san", "dns:orders.example.com");
        webhooks(
                "new-stream",
                "--config",
                configuration().toString(),
                "--name",
                "orders",
                "--auth",
                "mtls",
                "--client",
                "dns:orders.example.com",
                "--client",
                "billing=uri:spiffe://example/billing");

        try (DataDirectory data = DataDirectory.open(folder.resolve("data"));
                EmbeddedFlink flink = start(data)) {
            assertThat(flink.ended()).isNotDone();
            Await.until("2xx", () -> post("certs/orders") == 200);
            assertThat(post("certs/unlisted")).isEqualTo(401);
            assertThatThrownBy(() -> post("foreign/orders"))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(ConnectException.class);
            assertThat(post("certs/orders")).isEqualTo(200);

            issue("certs", "billing", "--san", "uri:spiffe://example/billing");
            assertThat(post("certs/billing")).isEqualTo(200);
        }
    }

    private Path configuration() throws IOException {
        port = FreePort.firstOf(LOOPBACK, "0");
        return Files.writeString(
                folder.resolve("webhooks.yaml"),
                """
                listener:
                  port: %d
                  health.port: 0
                  tls: {mode: pem, certificate: certs/listener.crt, key: certs/listener.key, client-auth: need, client-ca: certs/ca.crt}
                streams:
                  other: {path: /in/other, auth.type: none, event-id: none}
                job: {rest-port: 0, checkpoint-interval: 100 ms}
                """
                        .formatted(port));
    }

    private EmbeddedFlink start(DataDirectory data) throws Exception {
        JobDefinition definition = JobDefinition.load(folder.resolve("webhooks.yaml"));
        StateDirectory state = data.currentState();
        return EmbeddedFlink.start(definition, state, data.emptyTemporary(), state.newest());
    }

    /** The status; 0 while nobody listens. */
    private int post(String certificate) throws Exception {
        String path = JobDefinition.load(folder.resolve("webhooks.yaml")).streams().get(1).path();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("https://" + LOOPBACK + ":" + port + path))
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"from\":\"" + certificate + "\"}"))
                        .build();
        try {
            return HttpClient.newBuilder()
                    .sslContext(context(folder.resolve(certificate)))
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (ConnectException notListening) {
            return 0;
        }
    }

    private SSLContext context(Path client) throws Exception {
        KeyStore trusted = emptyStore();
        trusted.setCertificateEntry("ca", certificate(folder.resolve("certs/ca.crt")));
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyStore own = emptyStore();
        own.setKeyEntry(
                "client",
                key(Path.of(client + ".key")),
                NO_PASSWORD,
                new Certificate[] {certificate(Path.of(client + ".crt"))});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey key(Path file) throws Exception {
        String base64 = Files.readString(file).replaceAll("-----[^-]+-----", "").strip();
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private void issue(String ca, String name, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "certs",
                                "issue",
                                "--dir",
                                folder.resolve(ca).toString(),
                                "--name",
                                name));
        arguments.addAll(List.of(more));
        webhooks(arguments.toArray(String[]::new));
    }

    private static void webhooks(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(new StringWriter(), true));
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute(arguments)).as(err.toString()).isZero();
    }
}
