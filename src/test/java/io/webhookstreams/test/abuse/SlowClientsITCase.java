/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.EmbeddedRun;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * Five thousand senders that are slow on purpose, at the packaged job with a small heap: strangers
 * whose headers or bodies trickle, and vendors whose bodies do. What they hold is what the
 * documentation says, and who is quick is served meanwhile.
 */
class SlowClientsITCase {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientsITCase.class);
    private static final String HEAP = "200m";
    private static final int SENDERS = 5_000;
    private static final int PART = SENDERS / 5;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int SERVED = 40;

    /** What docs/operations.md says that a connection costs, besides what is buffered of a body. */
    private static final long MOST_PER_CONNECTION = 16 * 1024;

    /** Room for the bodies' buffers of them all, and none for much more. */
    private static final String CONFIG =
            """
            listener.unverified.max-bytes: 6mb
            listener.held.max-bytes: 8mb
            streams.events.body-timeout: 10 min
            streams.events.answer-deadline: 60 s
            streams.signed:
              path: /in/signed
              auth: {type: github, secrets: ["file:token"]}
              body-timeout: 10 min
            """;

    private static final Map<String, Long> BUDGETS =
            Map.of("unverifiedBytes", 6L << 20, "heldBytes", 8L << 20);

    private WebhooksConfig config;
    private EmbeddedRun run;
    private Admin admin;
    private SteadyVendor vendor;

    @BeforeEach
    void a_vendor_posts() throws Exception {
        config = WebhooksConfig.create(TestDirectory.of(SlowClientsITCase.class, "run"));
        Files.writeString(config.file(), CONFIG, StandardOpenOption.APPEND);
        run = EmbeddedRun.start(Installation.ofThisBuild(), config, HEAP);
        new Health(config.health()).awaitReady();
        admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        vendor = new SteadyVendor(config.firstEndpoint("events"));
    }

    @AfterEach
    void stop() throws Exception {
        try (EmbeddedRun stopped = run) {
            vendor.stop();
            stopped.stop();
        }
    }

    @Test
    void thousands_of_slow_senders_hold_what_is_documented_and_slow_nobody_down() throws Exception {
        awaitServed(SERVED, () -> {});
        long before = run.liveHeapBytes();
        Budgets budgets = new Budgets(admin, BUDGETS);
        try (TricklingSenders slow = new TricklingSenders(config.ingest().first())) {
            slow.open(PART, "POST /in/events HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            slow.open(
                    2 * PART,
                    request("/in/signed", "X-Hub-Signature-256: sha256=" + "0".repeat(64)));
            slow.open(
                    2 * PART,
                    request("/in/events", "Authorization: Bearer " + WebhooksConfig.TOKEN));
            Await.until("bodies: all trickle", SOON, () -> unverified() == 4L * PART);

            awaitServed(SERVED, slow::trickle);
            long held = run.liveHeapBytes() - before;
            long bodies = level("unverifiedBytes");

            assertThat(slow.ended()).as("answered or cut").isZero();
            assertThat(unverified()).isEqualTo(4L * PART);
            assertThat(held - bodies)
                    .as("live heap for %d connections", SENDERS)
                    .isLessThan(SENDERS * MOST_PER_CONNECTION);
            LOG.info(
                    "{} slow senders: {} bytes of live heap, {} for bodies", SENDERS, held, bodies);
        } finally {
            budgets.stop();
        }
        awaitServed(SERVED, () -> {});
        vendor.stop();
        Budgets.awaitNothing(admin);
        assertThat(budgets.passed()).isEmpty();
        assertThat(vendor.refused()).as("answers to the quick vendor").isEmpty();
        assertThat(run.isAlive()).isTrue();
    }

    /** Returns when the quick vendor has so many more 2xx; meanwhile the slow ones go on. */
    private void awaitServed(int more, Runnable meanwhile) throws InterruptedException {
        int enough = vendor.accepted() + more;
        Await.until(
                "quick vendor: served " + enough + " times",
                SOON,
                () -> {
                    meanwhile.run();
                    return vendor.accepted() >= enough;
                });
    }

    private long unverified() throws IOException, InterruptedException {
        return level("unverifiedRequests");
    }

    private long level(String name) throws IOException, InterruptedException {
        return admin.status().stream().mapToLong(s -> s.required(name).asLong()).sum();
    }

    private static String request(String path, String header) {
        return "POST %s HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: 4096\r\n\r\n{"
                .formatted(path, header);
    }
}
