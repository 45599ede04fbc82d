/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webhookstreams.fuzz.Bodies;
import io.webhookstreams.fuzz.Conversation;
import io.webhookstreams.fuzz.Fuzz;
import io.webhookstreams.fuzz.Http1;
import io.webhookstreams.fuzz.Http2;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged job with a small heap, abused. Meanwhile a vendor with a secret gets a 2xx for every
 * event, and no level passes its budget; afterwards nothing is open or held, the process lives, and
 * its log has nothing to say.
 */
class AbuseITCase {

    private static final String HEAP = "200m";
    private static final int ATTACKERS = 8;

    /** The budgets, times that a busy machine keeps, and a stream that signs its bodies. */
    private static final String SMALL =
            """
            listener.held.max-bytes: 8mb
            listener.unverified.max-bytes: 2mb
            source.queue.max-bytes: 8mb
            streams.events.answer-deadline: 60 s
            streams.events.body-timeout: 30 s
            streams.signed:
              path: /in/signed
              auth: {type: github, secrets: ["file:token"]}
            """;

    private static final Map<String, Long> BUDGETS =
            Map.of("heldBytes", 8L << 20, "unverifiedBytes", 2L << 20, "pendingBytes", 8L << 20);

    /** Exhausted memory, calls for help, failed tasks, and stack traces through our code. */
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "OutOfMemoryError|StackOverflowError| ERROR |to FAILED|\\sat io\\.webhookstreams");

    private static WebhooksConfig config;
    private static EmbeddedRun run;
    private static Admin admin;
    private final Set<Integer> answers = new ConcurrentSkipListSet<>();
    private SteadyVendor vendor;
    private Budgets budgets;

    @BeforeAll
    static void start() throws Exception {
        config = WebhooksConfig.create(TestDirectory.of(AbuseITCase.class, "run"));
        Files.writeString(config.file(), SMALL, StandardOpenOption.APPEND);
        run = EmbeddedRun.start(Installation.ofThisBuild(), config, HEAP);
        new Health(config.health()).awaitReady();
        admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
    }

    @BeforeEach
    void a_vendor_posts() {
        vendor = new SteadyVendor(config.firstEndpoint("events"));
        budgets = new Budgets(admin, BUDGETS);
    }

    @AfterEach
    void the_vendor_was_served_and_nothing_is_left() throws Exception {
        vendor.stop();
        budgets.stop();
        Budgets.awaitNothing(admin);
        assertThat(vendor.refused()).as("answers to a vendor with a secret").isEmpty();
        assertThat(vendor.accepted()).isPositive();
        assertThat(budgets.passed()).isEmpty();
        assertThat(run.isAlive()).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        try (EmbeddedRun stopped = run) {
            stopped.stop();
            assertThat(trouble(config.directory())).isEmpty();
        }
    }

    @Test
    void any_bytes_over_http_1() throws Exception {
        Http1 grammar = new Http1("/in/events", WebhooksConfig.TOKEN);
        Conversation conversation = new Conversation(config.ingest().first());
        attack(50, random -> answers.addAll(conversation.hold(grammar.requests(random))));

        assertThat(answers).contains(200, 400, 401);
    }

    @Test
    void any_frames_over_http_2() throws Exception {
        Http2 grammar = new Http2("/in/events", WebhooksConfig.TOKEN);
        Conversation conversation = new Conversation(config.ingest().first());
        attack(30, random -> answers.addAll(conversation.hold(grammar.connection(random))));

        assertThat(answers).contains(401);
    }

    @Test
    void bodies_that_inflate_beyond_all_measure() throws Exception {
        byte[] bomb = Bodies.bomb(256 << 20);
        byte[] request =
                request(
                        "/in/events",
                        "Authorization: Bearer "
                                + WebhooksConfig.TOKEN
                                + "\r\nContent-Encoding: gzip",
                        bomb.length,
                        bomb);
        Conversation conversation = new Conversation(config.ingest().first());
        attack(5, random -> answers.addAll(conversation.hold(request)));

        assertThat(answers).containsExactly(413);
    }

    @Test
    void bodies_of_unknown_senders_that_never_end() throws Exception {
        byte[] part = new byte[300_000];
        byte[] request =
                request(
                        "/in/signed",
                        "X-Hub-Signature-256: sha256=" + "0".repeat(64),
                        1_000_000,
                        part);
        try (OpenConnections open = new OpenConnections(config.ingest().first())) {
            for (int i = 0; i < 100; i++) {
                open.send(request);
            }
            answers.addAll(open.awaitAnswers());
        }
        // Cut to make room for others, or because their bodies were late.
        assertThat(answers).isSubsetOf(408, 503).isNotEmpty();
    }

    @Test
    void slow_headers_slow_bodies_and_slow_readers() throws Exception {
        assumeTrue(
                SlowHttpTest.isInstalled(),
                SlowHttpTest.BINARY + ": missing (expected: Debian's package slowhttptest)");
        Path logs = config.directory();
        try (SlowHttpTest headers = SlowHttpTest.headers(logs, config.firstEndpoint("events"));
                SlowHttpTest bodies = SlowHttpTest.bodies(logs, config.firstEndpoint("signed"));
                SlowHttpTest reads = SlowHttpTest.reads(logs, config.firstEndpoint("events"))) {
            for (SlowHttpTest attack : List.of(headers, bodies, reads)) {
                assertThat(attack.report()).containsPattern("service available:\\s+YES");
            }
        }
    }

    /** So many inputs by each of several attackers at once. */
    private static void attack(int inputs, Fuzz.Property property) throws Exception {
        ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
        try {
            List<Future<?>> attacks = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                attacks.add(attackers.submit(() -> Fuzz.inputs(inputs, property)));
            }
            for (Future<?> attack : attacks) {
                attack.get();
            }
        } finally {
            attackers.shutdownNow();
        }
    }

    private static byte[] request(String path, String headers, int length, byte[] body) {
        byte[] head =
                "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(path, headers, length)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static List<String> trouble(Path directory) throws IOException {
        List<String> trouble = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path log :
                    files.filter(f -> f.getFileName().toString().equals("webhooks.log")).toList()) {
                try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                    lines.filter(line -> TROUBLE.matcher(line).find())
                            .limit(20)
                            .forEach(line -> trouble.add(log + ": " + line));
                }
            }
        }
        return trouble;
    }
}
