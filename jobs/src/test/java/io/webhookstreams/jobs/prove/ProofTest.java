/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.Signer;
import io.webhookstreams.jobs.prove.oracle.RecordFields;
import io.webhookstreams.jobs.prove.page.Page;
import io.webhookstreams.jobs.prove.page.Report;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.jobs.prove.vendor.Habits;
import io.webhookstreams.jobs.prove.vendor.Vendor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A run against a small deployment that keeps or breaks the promise as it is told. */
class ProofTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration HARDLY = Duration.ofSeconds(1);

    @TempDir Path output;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final AtomicInteger written = new AtomicInteger();
    private HttpServer server;

    /** How many lines the event of that number gets. */
    private volatile Map<String, Integer> lines = Map.of();

    /** Whether lines stay in files that are not finished. */
    private volatile boolean unfinished;

    private boolean tierAccept;
    private volatile int status = 200;
    private volatile String code = "none";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/in", this::take);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void a_deployment_that_writes_each_event_once_keeps_the_promise() throws Exception {
        Report report = prove(SOON);

        assertThat(report.isClean()).as("%s", report.violations()).isTrue();
        assertThat(report.title()).isEqualTo("The promise was kept");
        assertThat(report.journal().acceptedEvents()).isEqualTo(1 + 20 + 60);
    }

    @Test
    void an_event_that_is_not_written_is_lost_and_one_that_is_written_twice_is_duplicated()
            throws Exception {
        lines = Map.of("run-v0-7", 0, "run-v0-8", 2);

        Report report = prove(Duration.ofSeconds(3));

        assertThat(report.title()).isEqualTo("The promise was broken");
        assertThat(report.verdict().lost()).containsExactly("run-v0-7");
        assertThat(report.verdict().duplicated()).containsExactly("run-v0-8 × 2");
    }

    @Test
    void a_run_whose_files_do_not_come_in_time_is_not_settled_and_neither_kept_nor_broken()
            throws Exception {
        Report report = proveWithoutFiles();

        assertThat(report.title()).isEqualTo("The run did not settle");
        assertThat(report.isClean()).as("%s", report.violations()).isTrue();
        assertThat(report.isSettled()).isFalse();
        assertThat(report.violations()).doesNotContainKey("lost");
        assertThat(Page.of(report))
                .containsPattern("\nNot settled within 1 s: .*\n")
                .containsPattern("\\| lost, or not there yet \\| [0-9]+ \\| 0 \\|\n");
    }

    @Test
    void a_run_of_tier_accept_waits_for_files_too() throws Exception {
        tierAccept = true;

        Report report = proveWithoutFiles();

        assertThat(report.title()).isEqualTo("The run did not settle");
        assertThat(report.unknown().get("lost")).contains("run-v0-1");
    }

    @Test
    void a_run_of_tier_accept_tells_what_it_lost_apart() throws Exception {
        tierAccept = true;
        lines = Map.of("run-v0-7", 0);

        Report report = prove(SOON);

        assertThat(report.title()).isEqualTo("The promise was kept");
        assertThat(report.verdict().lostApart()).containsExactly("run-v0-7");
    }

    @Test
    void a_file_that_shows_a_breach_is_a_breach_though_the_run_did_not_settle() throws Exception {
        try (Proof proof = new Proof(plan(output, Optional.empty()), line -> {})) {
            proof.begin(SOON);
            Files.writeString(output.resolve("invented"), line("run-v0-99", "other", 99));
            unfinished = true;

            assertThat(proof.settle(HARDLY)).isFalse();
            assertThat(proof.report().title()).isEqualTo("The promise was broken");
            assertThat(proof.report().verdict().invented()).containsExactly("run-v0-99");
        }
    }

    @Test
    void last_events_are_sent_by_each_stream_and_only_some_at_once() {
        Plan plan = plan(output, Optional.empty(), 1_000);

        assertThat(plan.last())
                .singleElement()
                .satisfies(
                        sender -> {
                            assertThat(sender.profile().pace().limit()).isEqualTo(1_000);
                            assertThat(sender.profile().pace().inFlight()).isEqualTo(100);
                        });
    }

    @Test
    void what_was_there_before_and_what_others_send_is_not_judged() throws Exception {
        Files.writeString(output.resolve("old"), "no json\n");
        lines = Map.of("run-first0-1", 1);
        try (Proof proof = new Proof(plan(output, Optional.empty()), line -> {})) {
            proof.begin(SOON);
            Files.writeString(output.resolve("other"), line("other", "other", 99));
            proof.settle(SOON);

            assertThat(proof.report().isClean()).isTrue();
        }
    }

    @Test
    void an_answer_that_is_no_2xx_to_the_first_event_is_told_as_a_wrong_setting() {
        status = 401;
        code = "unauthorized";
        assertThatThrownBy(() -> prove(SOON))
                .isInstanceOf(WrongSettingException.class)
                .hasMessageMatching(
                        "stream-secret: http://.*/in: 401 unauthorized \\(expected: .*");
        status = 404;
        code = "unknown_stream";
        assertThatThrownBy(() -> prove(SOON))
                .hasMessageMatching("url: http://.*/in: 404 unknown_stream \\(expected: .*");
    }

    @Test
    void a_folder_into_which_the_first_event_does_not_come_is_told_as_a_wrong_setting() {
        Path wrong = output.resolve("wrong");
        assertThatThrownBy(() -> new Proof(plan(wrong, Optional.empty()), line -> {}).begin(HARDLY))
                .isInstanceOf(WrongSettingException.class)
                .hasMessage(
                        "output: %s (expected: the event run-first0-1 in a finished file below it within 1 s)",
                        wrong);
    }

    @Test
    void windows_are_judged_by_their_counts_and_late_events() throws Exception {
        Path counts = Files.createDirectories(output.resolve("../counts-" + output.getFileName()));
        Plan.Windows windows = new Plan.Windows(counts, counts.resolve("late"));
        try (Proof proof = new Proof(plan(output, Optional.of(windows)), line -> {})) {
            proof.begin(SOON);
            proof.settle(HARDLY);
            assertThat(proof.report().others().get("windows"))
                    .contains("s run-first0.1: +1 not counted (expected: 0)");
        }
    }

    @Test
    void a_run_that_is_told_to_stop_at_once_sends_no_load() throws Exception {
        try (Proof proof = new Proof(plan(output, Optional.empty()), line -> {})) {
            proof.stop();
            proof.begin(SOON);
            proof.send(SOON);
            proof.settle(SOON);

            assertThat(proof.journal().sent()).noneMatch(id -> id.startsWith("run-v0-"));
        }
    }

    private Report proveWithoutFiles() throws Exception {
        try (Proof proof = new Proof(plan(output, Optional.empty()), line -> {})) {
            proof.begin(SOON);
            unfinished = true;
            proof.send(SOON);
            proof.settle(HARDLY);
            return proof.report();
        }
    }

    private Report prove(Duration settle) throws Exception {
        try (Proof proof = new Proof(plan(output, Optional.empty()), line -> {})) {
            proof.begin(settle);
            proof.send(SOON);
            proof.settle(settle);
            return proof.report();
        }
    }

    private Plan plan(Path events, Optional<Plan.Windows> windows) {
        return plan(events, windows, 60);
    }

    private Plan plan(Path events, Optional<Plan.Windows> windows, int lastEvents) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/in");
        Vendor.Profile vendor =
                Vendor.Profile.of("run-v0", Habits.patient(SOON), new Unsigned(), 4).atMost(20);
        return new Plan(
                "run",
                List.of(new Plan.Sender(vendor, 0, new Endpoints(List.of(url)))),
                events,
                RecordFields.OF_THE_JOB,
                windows,
                List.of(),
                tierAccept,
                lastEvents,
                1);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
            if (status == 200) {
                write(event.get("id").asText(), event.get("type").asText());
            }
            byte[] body = "{\"code\":\"%s\"}".formatted(code).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void write(String id, String type) throws IOException {
        for (int i = 0; i < lines.getOrDefault(id, 1); i++) {
            int number = written.incrementAndGet();
            Path open = Files.writeString(output.resolve("." + number), line(id, type, number));
            if (!unfinished) {
                Files.move(open, output.resolve("part-" + number));
            }
        }
    }

    /** Without a lane: the order of this deployment's lines means nothing. */
    private static String line(String id, String type, int number) {
        return "{\"stream\":\"s\",\"event_id\":\"%s\",\"type\":\"%s\",\"time\":\"2026-11-27T10:00:00Z\",\"n\":%d}\n"
                .formatted(id, type, number);
    }

    /** Adds nothing. */
    private record Unsigned() implements Signer {

        @Override
        public Outgoing sign(Outgoing draft, Instant now, String id) {
            return draft;
        }

        @Override
        public String newId() {
            return "evt_1";
        }
    }
}
