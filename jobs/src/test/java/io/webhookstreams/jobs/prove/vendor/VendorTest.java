/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.jobs.Await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Vendors against a server of the JDK that refuses the first attempt of every event. */
class VendorTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** Where nobody listens, as with TaskManagers that are gone. */
    private static final URI NOBODY = URI.create("http://127.0.0.1:1/in");

    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Journal journal = new Journal();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in", this::refuseFirst);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void every_event_is_sent_again_until_it_is_accepted() throws Exception {
        try (Vendor vendor = start(0)) {
            Await.until("accepted: 20", () -> journal.accepted().size() >= 20);
            vendor.finish(SOON);
        }

        assertThat(journal.accepted()).isEqualTo(journal.sent());
        assertThat(journal.summary()).containsOnlyKeys("200 over HTTP_1_1", "503 restarting");
    }

    @Test
    void a_forgetful_vendor_gives_an_event_up_after_its_first_attempt() throws Exception {
        try (Vendor vendor = start(1)) {
            Await.until("sent: 20", () -> journal.sent().size() >= 20);
            vendor.finish(SOON);
        }

        assertThat(journal.attempts()).allMatch(attempt -> attempt.number() == 1);
        assertThat(journal.accepted()).isEmpty();
    }

    private Vendor start(int forgetful) {
        Vendor.Profile profile =
                new Vendor.Profile("v", HttpClient.Version.HTTP_1_1, 4, SOON, forgetful, "token");
        URI there = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
        return Vendor.start(profile, new Endpoints(List.of(NOBODY, there, NOBODY)), journal, 1);
    }

    private void refuseFirst(HttpExchange exchange) throws IOException {
        try (exchange) {
            String event =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int number =
                    attempts.computeIfAbsent(event, e -> new AtomicInteger()).incrementAndGet();
            byte[] body = "{\"code\":\"restarting\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "1");
            exchange.sendResponseHeaders(number == 1 ? 503 : 200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
