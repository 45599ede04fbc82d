/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.Signer;
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
import java.time.Instant;
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

    @Test
    void an_echoing_vendor_sends_each_event_several_times_at_once() throws Exception {
        Vendor.Profile profile =
                Vendor.Profile.of("echo", Habits.patient(SOON), new Bearer("t"), 2)
                        .echoing(2)
                        .atMost(4);
        try (Vendor vendor = start(profile)) {
            Await.until("done", vendor::isDone);
        }

        assertThat(journal.attempts())
                .filteredOn(attempt -> attempt.number() == 1)
                .extracting(Attempt::eventId)
                .hasSize(3 * 4)
                .containsOnly("echo-1", "echo-2", "echo-3", "echo-4");
    }

    @Test
    void a_vendor_whose_retries_are_used_up_gives_the_event_up() throws Exception {
        Habits none = Vendors.named("github").orElseThrow();
        try (Vendor vendor = start(Vendor.Profile.of("gh", none, new Bearer("t"), 2).atMost(5))) {
            Await.until("done", vendor::isDone);
            assertThat(vendor.givenUp()).isEqualTo(5);
        }

        assertThat(journal.attemptCount()).isEqualTo(5);
        assertThat(journal.acceptedEvents()).isZero();
    }

    @Test
    void retries_come_as_the_vendor_makes_them_in_scaled_time() throws Exception {
        Habits slow = Vendors.named("linear").orElseThrow();
        Vendor.Profile profile =
                Vendor.Profile.of("slow", slow, new Bearer("t"), 3).scaled(0.001).atMost(3);
        try (Vendor vendor = start(profile)) {
            Await.until("done", vendor::isDone);
        }

        assertThat(journal.acceptedEvents()).isEqualTo(3);
        assertThat(journal.attempts()).extracting(Attempt::number).contains(1, 2);
    }

    @Test
    void an_open_loop_sends_without_waiting_for_answers_and_stops_at_its_limit() throws Exception {
        Vendor.Profile profile =
                new Vendor.Profile("open", HttpClient.Version.HTTP_1_1, 50, SOON, 0, "t")
                        .atRate(500)
                        .atMost(40);
        try (Vendor vendor = start(profile)) {
            Await.until("done", vendor::isDone);
        }

        assertThat(journal.events()).isEqualTo(40);
        assertThat(journal.acceptedEvents()).isEqualTo(40);
    }

    @Test
    void a_doubling_vendor_sends_the_same_bytes_twice_at_the_same_time() throws Exception {
        Vendor.Profile profile =
                new Vendor.Profile("two", HttpClient.Version.HTTP_1_1, 1, SOON, 0, "t")
                        .doubling(1)
                        .atMost(1);
        try (Vendor vendor = start(profile)) {
            Await.until("done", vendor::isDone);
        }

        assertThat(journal.attempts()).filteredOn(a -> a.number() == 1).hasSize(2);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void an_event_that_cannot_be_signed_has_no_answer_and_is_told() throws Exception {
        Habits once = Habits.forgetful(SOON);
        try (Vendor vendor = start(Vendor.Profile.of("v", once, new Unable(), 1).atMost(2))) {
            Await.until("done", vendor::isDone);
        }

        assertThat(journal.attempts())
                .hasSize(2)
                .allSatisfy(
                        attempt -> assertThat(attempt.answer().toString()).contains("no field"));
    }

    private Vendor start(Vendor.Profile profile) {
        return Vendor.start(profile, new Endpoints(List.of(there())), journal, 1);
    }

    private URI there() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
    }

    private Vendor start(int forgetful) {
        Vendor.Profile profile =
                new Vendor.Profile("v", HttpClient.Version.HTTP_1_1, 4, SOON, forgetful, "token");
        return Vendor.start(profile, new Endpoints(List.of(NOBODY, there(), NOBODY)), journal, 1);
    }

    /** Misses what it signs. */
    private record Unable() implements Signer {

        @Override
        public Outgoing sign(Outgoing draft, Instant now, String id) {
            throw new IllegalArgumentException("no field");
        }

        @Override
        public String newId() {
            return "evt_1";
        }
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
