/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.connector.InvalidSettingsException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an operator is told who asks why a request was refused. */
class VerifyCommandTest {

    private static final String SIGNING_SECRET = "It's a Secret to Everybody";
    private static final String OTHER_SECRET = "Nobody's Secret at all";
    private static final String BEARER_TOKEN = "bearer-token-of-the-orders";
    private static final String BODY = "{\"id\":\"evt_1\"}";

    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("secret"), SIGNING_SECRET);
        Files.writeString(folder.resolve("other"), OTHER_SECRET);
        Files.writeString(folder.resolve("token"), BEARER_TOKEN);
        Files.writeString(folder.resolve("body"), BODY);
        Files.writeString(
                folder.resolve("webhooks.yaml"),
                """
                streams:
                  code:
                    path: /in/code
                    auth: {type: github, secrets: ["2026=file:secret"]}
                  chat:
                    path: /in/chat
                    auth: {type: slack, secrets: ["file:secret"], tolerance: {past: 60 s}}
                  other:
                    path: /in/other
                    auth: {type: github, secrets: ["file:other"]}
                  orders:
                    path: /in/orders
                    auth: {type: bearer, secrets: ["file:token"]}
                    event-id: none
                """);
    }

    @Test
    void a_request_that_passes_is_told_step_by_step() throws Exception {
        headers("X-Hub-Signature-256: sha256=" + mac(SIGNING_SECRET, BODY));

        assertThat(verify("code", "--at", "2026-03-01T12:00:00Z")).isEqualTo(ExitCode.OK);
        assertThat(out)
                .hasToString(
                        """
                        stream: code, auth.type github
                        request: POST /in/code, 14 bytes of body, as of 2026-03-01T12:00:00Z
                        headers: X-Hub-Signature-256
                        scheme: hmac-sha256 in header:x-hub-signature-256 over {body}
                        found: header:x-hub-signature-256 = sha256=%1$s
                        signature: %1$s
                        signed content: "{"id":"evt_1"}" (14 bytes)
                        expected with secret 2026: %1$s
                        tried: 2026: matches
                        result: passes, by 2026
                        note: keep this to yourself, an expected digest lets its reader send that content
                        """
                                .formatted(mac(SIGNING_SECRET, BODY)));
    }

    @Test
    void a_refused_request_has_its_exit_code_and_advice() throws Exception {
        headers("X-Hub-Signature-256: sha256=" + mac(SIGNING_SECRET, BODY + "\n"));

        assertThat(verify("code")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("\ntried: 2026: no match\n")
                .contains("\nresult: refused with 401, NO_MATCH: signatures: 1 (expected: ")
                .contains("\nadvice: the body would match with a line feed at its end (curl -d");
        assertThat(out.toString()).doesNotContain(SIGNING_SECRET, OTHER_SECRET, BEARER_TOKEN);
    }

    @Test
    void the_secret_of_another_stream_is_named() throws Exception {
        headers("X-Hub-Signature-256: sha256=" + mac(OTHER_SECRET, BODY));

        assertThat(verify("code")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString())
                .contains("advice: it was made with secret other of stream other\n");
    }

    @Test
    void the_time_is_judged_as_of_the_instant_that_is_given() throws Exception {
        headers(
                """
                > POST /in/chat?a=b HTTP/1.1
                > Host: 127.0.0.1:8080
                > X-Slack-Request-Timestamp: 1772366400
                > X-Slack-Signature: v0=%s
                >
                * upload completely sent off
                < HTTP/1.1 401 Unauthorized
                < Content-Length: 0
                """
                        .formatted(mac(SIGNING_SECRET, "v0:1772366400:" + BODY)));

        assertThat(verify("chat", "--at", "2026-03-01T12:01:00Z")).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("request: POST /in/chat?(a query, not shown), 14 bytes")
                .contains("60 s before 2026-03-01T12:01:00Z; allowed: 60 s old, 300 s ahead");
        assertThat(verify("chat", "--at", "2026-03-01T12:01:01Z")).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).contains("TIMESTAMP_TOO_OLD", "--at 2026-03-01T12:00:00Z");
    }

    @Test
    void a_bearer_token_is_never_shown() throws IOException {
        headers("Authorization: Bearer " + BEARER_TOKEN);
        assertThat(verify("orders")).isEqualTo(ExitCode.OK);
        headers("Authorization: Bearer " + BEARER_TOKEN + "x");
        assertThat(verify("orders", "--query", "access_token=" + BEARER_TOKEN))
                .isEqualTo(ExitCode.FAILED);

        assertThat(out.toString())
                .contains("found: header:authorization = a token of ")
                .doesNotContain(BEARER_TOKEN);
    }

    @Test
    void what_is_wrong_with_the_call_is_no_refusal() throws IOException {
        headers("X-Hub-Signature-256 sha256=0\nSecret: " + OTHER_SECRET + "\nno header");

        assertThat(verify("code")).isEqualTo(ExitCode.INVALID);
        assertThat(err)
                .hasToString(
                        """
                        --headers: line 1 (expected: Name: value)
                        --headers: line 3 (expected: Name: value)
                        """);
        assertThat(verify("none")).isEqualTo(ExitCode.INVALID);
        assertThat(verify("code", "--at", "yesterday")).isEqualTo(ExitCode.INVALID);
        headers("A: b");
        Files.delete(folder.resolve("secret"));
        assertThat(verify("code")).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("streams.code.auth.secrets: ", "no such file");
        Files.delete(folder.resolve("body"));
        assertThat(verify("other")).isEqualTo(ExitCode.INVALID);
        assertThat(err.toString()).contains("--body: " + folder.resolve("body"));
    }

    @Test
    void headers_are_read_as_tools_write_them() {
        CapturedHeaders http2 =
                CapturedHeaders.parse(
                        ":method: PUT\r\n:path: /in/a?b=c\r\n:scheme: https\r\na: 1 \r\nA:2\r\n\r\n");

        assertThat(http2.method()).contains("PUT");
        assertThat(http2.path()).contains("/in/a");
        assertThat(http2.query()).contains("b=c");
        assertThat(http2.lines()).containsExactly(Map.entry("a", "1"), Map.entry("A", "2"));
        assertThatThrownBy(() -> CapturedHeaders.parse("a b: c"))
                .isInstanceOf(InvalidSettingsException.class);
    }

    private void headers(String text) throws IOException {
        Files.writeString(folder.resolve("headers"), text);
    }

    private int verify(String stream, String... more) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] arguments = {
            "verify",
            "--config",
            folder.resolve("webhooks.yaml").toString(),
            "--stream",
            stream,
            "--headers",
            folder.resolve("headers").toString(),
            "--body",
            folder.resolve("body").toString()
        };
        return command.execute(
                Stream.concat(Arrays.stream(arguments), Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_kept_request_is_read_from_its_one_file_as_of_when_it_came() throws Exception {
        Capture kept = kept(mac(SIGNING_SECRET, BODY));
        Path file = Files.write(folder.resolve("kept"), kept.toBytes());

        assertThat(command("verify", "--stream", "code", "--capture", file.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("request: POST /in/code, 14 bytes of body, as of 2026-03-01T12:00:00Z")
                .contains("result: passes, by 2026");
        assertThat(command("verify", "--stream", "other", "--capture", file.toString()))
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void a_kept_request_or_written_parts_and_not_both_or_none() throws Exception {
        String kept = Files.write(folder.resolve("kept"), kept("00").toBytes()).toString();
        String body = folder.resolve("body").toString();

        assertThat(command("verify", "--stream", "code")).isEqualTo(ExitCode.INVALID);
        assertThat(command("verify", "--stream", "code", "--body", body))
                .isEqualTo(ExitCode.INVALID);
        assertThat(command("verify", "--stream", "code", "--capture", kept, "--body", body))
                .isEqualTo(ExitCode.INVALID);
        assertThat(command("verify", "--stream", "code", "--capture", body))
                .isEqualTo(ExitCode.INVALID);
        assertThat(err.toString())
                .contains("--capture: " + body + ": ")
                .contains("(expected: what a listener has written, version 1)");
    }

    private static Capture kept(String mac) {
        return new Capture(
                "code",
                "01935f9e-7c00-7000-8000-000000000001",
                "no_match",
                Instant.parse("2026-03-01T12:00:00Z"),
                "POST",
                "/in/code",
                null,
                List.of(Map.entry("x-hub-signature-256", "sha256=" + mac)),
                BODY.getBytes(StandardCharsets.UTF_8));
    }

    private int command(String... arguments) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] config = {"--config", folder.resolve("webhooks.yaml").toString()};
        return command.execute(
                Stream.concat(Arrays.stream(arguments), Arrays.stream(config))
                        .toArray(String[]::new));
    }

    private static String mac(String secret, String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
