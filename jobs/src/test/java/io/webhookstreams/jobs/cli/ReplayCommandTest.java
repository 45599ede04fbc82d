/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.auth.capture.Capture;

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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What an endpoint gets of a kept request, and what its operator is told. */
class ReplayCommandTest {

    private static final byte[] BODY = {'{', '}', '\r', '\n', 0, (byte) 0xFF};

    @TempDir Path folder;
    private HttpServer endpoint;
    private volatile int status = 200;
    private volatile byte[] received;
    private volatile Headers headers;
    private volatile URI target;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void listen() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext(
                "/",
                exchange -> {
                    headers = exchange.getRequestHeaders();
                    target = exchange.getRequestURI();
                    received = exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
        endpoint.start();
    }

    @AfterEach
    void stop() {
        endpoint.stop(0);
    }

    @Test
    void it_is_sent_as_it_came_to_the_path_where_it_came() throws Exception {
        String file = kept("one");

        assertThat(replay("--url", url() + "/", file)).isEqualTo(ExitCode.OK);

        assertThat(out).hasToString(file + ": 200" + System.lineSeparator());
        assertThat(received).isEqualTo(BODY);
        assertThat(target).hasToString("/in/pay%20ments?a=b%20c");
        assertThat(headers.get("X-Hub-Signature-256")).containsExactly("sha256=7e0b");
        assertThat(headers.get("X-Twice")).containsExactlyInAnyOrder("1", "2");
        assertThat(headers.get("Content-Encoding")).containsExactly("identity");
    }

    @Test
    void a_refusal_is_told_with_its_usual_reason() throws Exception {
        status = 401;

        assertThat(replay("--url", url(), kept("one"), kept("two"))).isEqualTo(ExitCode.REFUSED);
        assertThat(out.toString()).contains(": 401", "a time outside the tolerance is refused");
    }

    @Test
    void what_is_none_is_told_before_anything_is_sent() throws Exception {
        String none = Files.writeString(folder.resolve("none"), "POST /").toString();

        assertThat(replay("--url", url(), kept("one"), none)).isEqualTo(ExitCode.INVALID);
        assertThat(received).isNull();
        assertThat(err.toString()).contains("(expected: what a listener has written, version 1)");
    }

    private String kept(String name) throws IOException {
        Capture capture =
                new Capture(
                        "payments",
                        "01935f9e-7c00-7000-8000-000000000001",
                        "no_match",
                        Instant.EPOCH,
                        "POST",
                        "/in/pay%20ments",
                        "a=b%20c",
                        List.of(
                                Map.entry("content-encoding", "identity"),
                                Map.entry("x-hub-signature-256", "sha256=7e0b"),
                                Map.entry("x-twice", "1"),
                                Map.entry("x-twice", "2")),
                        BODY);
        return Files.write(folder.resolve(name), capture.toBytes()).toString();
    }

    private String url() {
        return "http://127.0.0.1:" + endpoint.getAddress().getPort();
    }

    private int replay(String... arguments) {
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }
}
