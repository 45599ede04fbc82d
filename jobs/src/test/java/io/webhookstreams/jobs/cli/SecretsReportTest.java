/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
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
import java.util.ArrayList;
import java.util.List;

/** Two TaskManagers, each of which has seen a part of the requests. */
class SecretsReportTest {

    private static final String ADMIN_TOKEN = "admin-token-of-the-report";
    private static final String RECENT = "2026-03-01T11:55:00Z";
    private static final String LONG_AGO = "2026-02-01T00:00:00Z";

    @TempDir Path folder;

    private final List<HttpServer> servers = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void the_last_use_is_the_latest_that_any_of_them_saw() throws IOException {
        String unused = admin(answer(LONG_AGO));
        String used = admin(answer(RECENT));

        assertThat(status("--admin", unused, "--json")).isZero();
        assertThat(stream().path("rotation").asText()).isEqualTo("safe to retire");

        assertThat(status("--admin", unused, "--admin", used, "--json")).isZero();
        JsonNode stream = stream();
        assertThat(stream.path("rotation").asText()).isEqualTo("overlap");
        JsonNode old = stream.path("secrets").get(1);
        assertThat(old.path("lastUsed").asText()).isEqualTo(RECENT);
        assertThat(old.path("uses").asLong()).isEqualTo(4);
    }

    @Test
    void a_port_given_twice_is_asked_once() throws IOException {
        String admin = admin(answer(RECENT));

        assertThat(status("--admin", admin, "--admin", admin, "--json")).isZero();
        assertThat(stream().path("secrets").get(1).path("uses").asLong()).isEqualTo(2);
    }

    @Test
    void with_one_that_does_not_answer_nothing_is_called_safe() throws IOException {
        String admin = admin(answer(LONG_AGO));

        assertThat(status("--admin", admin, "--admin", "http://127.0.0.1:1"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).startsWith("orders (github): incomplete");
        assertThat(err.toString()).contains("http://127.0.0.1:1: nobody listens");
    }

    @Test
    void the_table_has_a_line_for_each_secret() throws IOException {
        assertThat(status("--admin", admin(answer(LONG_AGO)))).isZero();

        assertThat(out.toString().lines())
                .hasSize(4)
                .anyMatch(line -> line.matches("    new +valid +yes +2 +0  " + RECENT))
                .anyMatch(line -> line.matches("    old +valid +yes +2 +0  " + LONG_AGO));
    }

    @Test
    void what_is_no_url_is_told() throws IOException {
        assertThat(status("--admin", "host:8080")).isEqualTo(ExitCode.INVALID);
        assertThat(err).hasToString("--admin: host:8080 (expected: http://HOST:PORT)\n");
    }

    private JsonNode stream() throws IOException {
        JsonNode report = JsonMapper.builder().build().readTree(out.toString());
        out.getBuffer().setLength(0);
        return report.path("streams").get(0);
    }

    private int status(String... arguments) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), ADMIN_TOKEN);
        List<String> all = new ArrayList<>(List.of("secrets", "status"));
        all.addAll(List.of("--admin-token", "file:" + token));
        all.addAll(List.of(arguments));
        CommandLine command = Webhooks.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(all.toArray(String[]::new));
    }

    /** An admin port that gives this answer to whoever has the token. */
    private String admin(String answer) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        servers.add(server);
        server.createContext(
                "/status",
                exchange -> {
                    String token = exchange.getRequestHeaders().getFirst("Authorization");
                    boolean known = ("Bearer " + ADMIN_TOKEN).equals(token);
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    try (exchange) {
                        exchange.sendResponseHeaders(known ? 200 : 401, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String answer(String oldLastUsed) {
        return """
        {"time": "2026-03-01T12:00:00Z", "streams": [{"source": "s", "stream": "orders", "auth": "github",
          "rotation": "overlap", "retireAfter": "PT24H", "secrets": [%s, %s]}]}
        """
                .formatted(secret("new", RECENT), secret("old", oldLastUsed));
    }

    private static String secret(String name, String lastUsed) {
        return """
        {"name": "%s", "phase": "valid", "notBefore": null, "notAfter": null, "readable": true,
          "since": "2026-01-01T00:00:00Z", "lastUsed": "%s", "uses": 2, "refusedOutsideTime": 0, "readFailures": 0}
        """
                .formatted(name, lastUsed);
    }
}
