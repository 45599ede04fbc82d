/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a stream's endpoint gets from {@code webhooks send}, and what its user is told. */
class SendCommandTest {

    private static final String SECRET = "It's a Secret to Everybody";
    private static final String BODY = "{\"id\":\"evt_1\"}";

    @TempDir Path folder;
    private HttpServer endpoint;
    private volatile int status = 200;
    private volatile String received;
    private volatile Headers headers;
    private final StringWriter out = new StringWriter();

    @BeforeEach
    void listen() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext(
                "/in/",
                exchange -> {
                    headers = exchange.getRequestHeaders();
                    received =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    byte[] answer =
                            exchange.getRequestURI().getPath().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        endpoint.start();
        Files.writeString(folder.resolve("secret"), SECRET);
        Files.writeString(folder.resolve("event.json"), BODY);
        Files.writeString(
                folder.resolve("webhooks.yaml"),
                """
                listener: {port: %d}
                streams:
                  code:
                    path: /in/code
                    auth: {type: github, secrets: ["file:secret"]}
                  orders:
                    path: /in/orders
                    auth: {type: bearer, secrets: ["file:secret"]}
                    event-id: header:X-Event-Id
                """
                        .formatted(endpoint.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void a_test_event_is_signed_as_the_vendor_would() throws Exception {
        assertThat(send("--stream", "code")).isEqualTo(ExitCode.OK);

        assertThat(out).hasToString("200\n/in/code\n");
        assertThat(received).isEqualTo(BODY);
        assertThat(headers.getFirst("X-Hub-Signature-256")).isEqualTo("sha256=" + hmac());
        assertThat(headers.getFirst("X-GitHub-Delivery")).isNotBlank();
        assertThat(headers.getFirst("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void what_the_vendor_signs_inside_the_body_or_with_a_key_pair_is_sent_so() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                folder.resolve("private"),
                "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(pair.getPrivate().getEncoded())));
        Path file = folder.resolve("webhooks.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        + """
                          mail:
                            path: /in/mail
                            auth: {type: mailgun, secrets: ["file:secret"]}
                          chat:
                            path: /in/chat
                            auth: {type: discord, secrets: ["file:public"]}
                        """);

        assertThat(send("--stream", "mail")).isEqualTo(ExitCode.OK);
        assertThat(received)
                .contains("\"id\":\"evt_1\"", "\"signature\":{", "\"timestamp\":", "\"token\":");

        assertThat(send("--stream", "chat", "--signing-key", "file:private"))
                .isEqualTo(ExitCode.OK);
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(pair.getPublic());
        check.update(
                (headers.getFirst("X-Signature-Timestamp") + BODY)
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(check.verify(HexFormat.of().parseHex(headers.getFirst("X-Signature-Ed25519"))))
                .isTrue();
    }

    @Test
    void the_scheme_of_the_docs_page_signs_as_the_page_says() throws Exception {
        String page = Files.readString(docs().resolve("custom-schemes.md"));
        int start = page.indexOf("```yaml\n") + 8;
        Files.writeString(
                folder.resolve("webhooks.yaml"),
                "listener: {port: %d}%n".formatted(endpoint.getAddress().getPort())
                        + page.substring(start, page.indexOf("```", start)));
        byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
        Files.writeString(
                folder.resolve("tickets.key"), "tk_" + Base64.getEncoder().encodeToString(key));

        assertThat(send("--stream", "tickets")).isEqualTo(ExitCode.OK);

        String header = headers.getFirst("X-Tickets-Signature");
        String time = header.substring("t=".length(), header.indexOf(','));
        assertThat(header).isEqualTo("t=" + time + ",v1=" + hmac(time + ".POST." + BODY));
    }

    @Test
    void a_scheme_with_problems_tells_them_by_their_options() throws Exception {
        Path file = folder.resolve("webhooks.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        + """
                          tickets:
                            path: /in/tickets
                            auth:
                              type: custom
                              secrets: ["file:secret"]
                              scheme: {algorithm: md5, key: {decode: utf8}, signature: {from: 'x'}}
                            event-id: none
                        """);
        StringWriter err = new StringWriter();
        CommandLine command = Webhooks.commandLine();
        command.setErr(new PrintWriter(err, true));

        assertThat(command.execute("check", "--config", file.toString())).isNotZero();
        assertThat(err.toString())
                .contains(
                        "streams.tickets.auth.scheme.algorithm: md5 (expected: one of",
                        "streams.tickets.auth.scheme.signature.from: x (expected: header:NAME",
                        "streams.tickets.auth.scheme.signature.parse: missing (expected: one of");
    }

    @Test
    void the_combination_of_the_docs_page_is_sound_and_sent_to() throws Exception {
        String page = Files.readString(docs().resolve("combining.md"));
        int start = page.indexOf("```yaml\n") + 8;
        Files.writeString(
                folder.resolve("webhooks.yaml"),
                "listener: {port: %d}%n".formatted(endpoint.getAddress().getPort())
                        + page.substring(start, page.indexOf("```", start)));
        Files.writeString(folder.resolve("gateway.token"), SECRET);
        Files.writeString(folder.resolve("github.key"), SECRET);

        assertThat(send("--stream", "code")).isEqualTo(ExitCode.OK);

        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(headers.getFirst("X-Hub-Signature-256")).isEqualTo("sha256=" + hmac());
    }

    @Test
    void an_event_id_goes_where_the_stream_looks_for_it() {
        assertThat(send("--stream", "orders", "--event-id", "evt_7")).isEqualTo(ExitCode.OK);

        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer " + SECRET);
        assertThat(headers.getFirst("X-Event-Id")).isEqualTo("evt_7");
    }

    @Test
    void an_answer_other_than_2xx_has_its_exit_code() {
        status = 503;

        assertThat(send("--stream", "orders")).isEqualTo(ExitCode.REFUSED);
        assertThat(out).hasToString("503\n/in/orders\n");
    }

    @Test
    void the_run_that_is_ready_is_posted_to() throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                folder.resolve("data/ingest-url"),
                "http://127.0.0.1:" + endpoint.getAddress().getPort() + "\n");
        Path file = folder.resolve("webhooks.yaml");
        Files.writeString(
                file,
                Files.readString(file).replaceFirst("port: \\d+", "public-url: https://x.example"));

        assertThat(send("--stream", "orders")).isEqualTo(ExitCode.OK);
    }

    private int send(String... more) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        String[] arguments = new String[5 + more.length];
        arguments[0] = "send";
        arguments[1] = "--config";
        arguments[2] = folder.resolve("webhooks.yaml").toString();
        arguments[3] = "--data";
        arguments[4] = folder.resolve("event.json").toString();
        System.arraycopy(more, 0, arguments, 5, more.length);
        return command.execute(arguments);
    }

    /** The nearest folder above that holds it. */
    private static Path docs() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("docs"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs");
    }

    private static String hmac() throws Exception {
        return hmac(BODY);
    }

    private static String hmac(String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
