/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Against a server of the JDK that answers as an admin port does. */
class LevelsCheckTest {

    private volatile int pending;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", this::status);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void levels_that_are_back_where_they_were_are_no_problem() throws Exception {
        pending = 2;
        LevelsCheck check = LevelsCheck.before(List.of(port("right")));
        pending = 1;

        assertThat(check.problems()).isEmpty();
    }

    @Test
    void a_level_that_is_higher_than_before_is_told_with_its_listener() throws Exception {
        LevelsCheck check = LevelsCheck.before(List.of(port("right")));
        pending = 3;

        assertThat(check.problems())
                .containsExactly(url() + ": pendingDeliveries: 6 (expected: at most 0)");
    }

    @Test
    void a_listener_that_is_gone_holds_nothing_unless_all_are() throws Exception {
        LevelsCheck check = LevelsCheck.before(List.of(port("right")));
        stop();

        assertThat(check.problems())
                .containsExactly("admin ports: none listens (expected: at least one)");
    }

    @Test
    void a_wrong_token_and_a_port_where_nobody_listens_are_told() {
        assertThatThrownBy(() -> LevelsCheck.before(List.of(port("wrong"))))
                .hasMessage(url() + "/status: 401");
        AdminPort nobody = new AdminPort(URI.create("http://127.0.0.1:1"), Map.of());
        assertThatThrownBy(() -> LevelsCheck.before(List.of(nobody)))
                .hasMessage("http://127.0.0.1:1: nobody listens");
    }

    private AdminPort port(String token) {
        return new AdminPort(url(), Map.of("Authorization", token));
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Of two readers. */
    private void status(HttpExchange exchange) throws IOException {
        String reader = "{\"pendingDeliveries\":%d,\"pendingBytes\":0}".formatted(pending);
        String status =
                "{\"openRequests\":0,\"heldBytes\":0,\"unverifiedRequests\":0,\"readers\":[%s,%s]}"
                        .formatted(reader, reader);
        boolean known = exchange.getRequestHeaders().getFirst("Authorization").equals("right");
        byte[] body = status.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
