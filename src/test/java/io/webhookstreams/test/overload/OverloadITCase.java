/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Verdict;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.test.abuse.Budgets;
import io.webhookstreams.test.planted.Defects;
import io.webhookstreams.test.planted.PlantedInstallation;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Three times what downstream takes, at the packaged job with a small heap: one noisy vendor for
 * each policy, and a calm one. What is behind the source takes 10 ms for each event, a hundred a
 * second, until the flood is over; then it goes as fast as it can, so that what was promised comes
 * out. In the middle of it the process is killed.
 */
class OverloadITCase {

    private static final Logger LOG = LoggerFactory.getLogger(OverloadITCase.class);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String HEAP = "160m";
    private static final Duration EACH = Duration.ofMillis(10);

    private static final String QUEUE = "queueing";
    private static final String REJECT = "rejecting";
    private static final String SHED = "shedding";
    private static final String CALM = "calm";
    private static final Set<String> NOISY = Set.of(QUEUE, REJECT, SHED);
    private static final Set<String> ALL = Set.of(QUEUE, REJECT, SHED, CALM);

    /** A reading costs the job its scrape: seldom enough that it is no load of its own. */
    private static final Duration BETWEEN_READINGS = Duration.ofMillis(200);

    private static final int NOISY_PER_SECOND = 100;

    /**
     * Less than its share of what is taken, whose rule is in docs/overload.md; and no multiple of
     * the checkpoints, so that it posts at every distance from the next one.
     */
    private static final double CALM_PER_SECOND = 4.3;

    /** Large enough that queues are full soon. */
    private static final int NOISY_PADDING = 4_000;

    private static final int CALM_PADDING = 200;
    private static final int CALM_ENOUGH = 12;
    private static final int ENOUGH = 100;
    private static final int ENOUGH_SHED = 30;

    private static final double KEEP = 0.1;
    private static final long BUDGET_PPM = 300_000;

    private static final String YES = "200 over HTTP_1_1";
    private static final String OVERLOADED = "503 overloaded";
    private static final String RESTARTING = "503 restarting";
    private static final String NO_CONNECTION = "no connection";
    private static final long MIB = 1 << 20;

    /** A window of 30 days hardly ends while a test runs; few lanes spend their budgets sooner. */
    private static final String CONFIG =
            """
              parallelism: 1
              metrics.port: %d
            listener.held.max-bytes: 8mb
            listener.unverified.max-bytes: 2mb
            source.queue.max-bytes: 1mb
            source.coalescing.max-bytes: 2mb
            source.lanes: 4
            streams.queueing.policy: queue
            streams.rejecting.policy: reject
            streams.shedding.policy: shed
            streams.shedding.shed.budget: 0.3
            streams.shedding.shed.keep: 0.1
            streams.shedding.shed.window: 30 d
            """;

    private static final String STREAM =
            """
            streams.%1$s:
              path: /in/%1$s
              auth: {type: bearer, secrets: ["file:token"]}
              event-id: json:/id
              max-body: 64kb
              max-inflated-body: 64kb
              answer-deadline: 15 s
            """;

    private static final long COALESCING_BYTES = 2 * MIB;

    private static final Map<String, Long> BUDGETS =
            Map.of("heldBytes", 8 * MIB, "unverifiedBytes", 2 * MIB, "pendingBytes", MIB);

    private final Losses losses = new Losses(SHED, KEEP, BUDGET_PPM);
    private WebhooksConfig config;
    private Path slow;
    private EmbeddedRun run;
    private Budgets budgets;
    private Admin admin;
    private Health health;
    private Gauges gauges;

    @BeforeEach
    void a_job_with_a_small_heap_and_a_stream_for_each_policy() throws Exception {
        config = WebhooksConfig.create(TestDirectory.of(OverloadITCase.class, "run"));
        config.addToStreams("max-body: 64kb\n    max-inflated-body: 64kb");
        int metrics = FreePorts.one();
        StringBuilder more = new StringBuilder(CONFIG.formatted(metrics));
        ALL.forEach(stream -> more.append(STREAM.formatted(stream)));
        Files.writeString(config.file(), more, StandardOpenOption.APPEND);
        slow = config.directory().resolve("slow");
        Installation planted =
                PlantedInstallation.of(
                        Installation.ofThisBuild(),
                        Defects.slowWhile(slow, EACH),
                        config.directory());
        run = EmbeddedRun.start(planted, config, HEAP);
        health = new Health(config.health());
        health.awaitReady();
        admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        gauges = new Gauges(metrics);
    }

    @AfterEach
    void stop() throws Exception {
        try (EmbeddedRun stopped = run) {
            if (budgets != null) {
                budgets.stop();
            }
            stopped.stop();
        }
    }

    @Test
    void what_does_not_fit_waits_is_refused_or_shed_within_its_budget_and_nobody_else_is_harmed()
            throws Exception {
        try (Flood flood = new Flood(config)) {
            flood.pour(CALM, CALM_PER_SECOND, CALM_PADDING);
            awaitAnswers(flood, CALM, YES, CALM_ENOUGH);
            long before = run.liveHeapBytes();
            Instant alone = Instant.now();
            awaitAnswers(flood, CALM, YES, 2 * CALM_ENOUGH);

            Instant flooded = Instant.now();
            budgets = new Budgets(admin, BUDGETS);
            Files.createFile(slow);
            NOISY.forEach(stream -> flood.pour(stream, NOISY_PER_SECOND, NOISY_PADDING));
            awaitOverload(flood);
            assertThat(gauges.of(QUEUE, "pausedReads")).as("paused reads").isPositive();
            assertThatHeapIsWithinBudgets(run.liveHeapBytes() - before);
            withinBudgets();
            assertThat(flood.answers(CALM)).as("calm").containsOnlyKeys(YES);

            Instant killed = Instant.now();
            flood.ebb(CALM);
            run.killAndRestart();
            health.awaitReady();
            Instant ready = Instant.now();
            flood.pour(CALM, CALM_PER_SECOND, CALM_PADDING);
            budgets = new Budgets(admin, BUDGETS);
            awaitOverload(flood);

            Instant over = Instant.now();
            Files.delete(slow);
            flood.finish();
            Budgets.awaitNothing(admin);
            withinBudgets();
            flood.awaitFences(ALL);
            readLossesAtOnce();
            LOG.info(
                    "answers: {}, calm: {}, most of the loss budget that was spent: {}",
                    NOISY.stream().map(s -> s + " " + flood.answers(s)).toList(),
                    flood.answers(CALM),
                    losses.mostSpent(flood.attempts(SHED).toList()));
            for (String stream : ALL) {
                LOG.info(
                        "{}: median time to 2xx alone {}, under load {}, after the kill {}",
                        stream,
                        flood.median(CALM, alone, flooded),
                        flood.median(stream, flooded, killed),
                        flood.median(stream, ready, over));
            }
            assertThatCalmIsUnharmed(flood, ready);
            assertThatNothingIsLostBut(flood);
        }
    }

    /** Returns when each noisy vendor has been told yes and no, and more was shed. */
    private void awaitOverload(Flood flood) throws InterruptedException {
        long shed = Await.value("shed", SOON, () -> Optional.of(readLosses()));
        Map<String, Map<String, Long>> before = new HashMap<>();
        NOISY.forEach(stream -> before.put(stream, flood.answers(stream)));
        Await.until("shed: more", SOON, () -> readLosses() >= shed + ENOUGH_SHED);
        for (String answer : List.of(YES, OVERLOADED)) {
            for (String stream : NOISY) {
                long enough = before.get(stream).getOrDefault(answer, 0L) + ENOUGH;
                awaitAnswers(flood, stream, answer, enough);
            }
        }
    }

    private void awaitAnswers(Flood flood, String stream, String answer, long enough)
            throws InterruptedException {
        Await.until(
                "%s: %d times %s".formatted(stream, enough, answer),
                SOON,
                () -> {
                    readLosses();
                    return flood.answers(stream).getOrDefault(answer, 0L) >= enough;
                });
    }

    private long readLosses() throws IOException, InterruptedException {
        Await.pause(BETWEEN_READINGS);
        return readLossesAtOnce();
    }

    private long readLossesAtOnce() throws IOException, InterruptedException {
        long shed = gauges.of(SHED, "lossWindowShed");
        losses.add(shed, Instant.now());
        return shed;
    }

    /** Of the queue, of held requests, of bodies that come and of remembered retries. */
    private static void assertThatHeapIsWithinBudgets(long more) {
        long most = BUDGETS.values().stream().mapToLong(Long::longValue).sum() + COALESCING_BYTES;
        LOG.info("live heap: {} more under load (expected: less than {})", more, most);
        assertThat(more).as("live heap, more than before the flood").isLessThan(most);
    }

    private void withinBudgets() throws InterruptedException {
        budgets.stop();
        assertThat(budgets.passed()).isEmpty();
    }

    /** It hears yes alone, but for what met the process that was killed. */
    private static void assertThatCalmIsUnharmed(Flood flood, Instant ready) {
        List<Attempt> after =
                flood.attempts(CALM).filter(attempt -> attempt.at().isAfter(ready)).toList();
        Set<URI> listening =
                after.stream()
                        .filter(attempt -> attempt.answer().isAccepted())
                        .map(Attempt::to)
                        .collect(Collectors.toSet());
        assertThat(after)
                .as("the calm vendor's attempts at the new process, ready at %s", ready)
                .filteredOn(attempt -> listening.contains(attempt.to()))
                .filteredOn(attempt -> !attempt.answer().isAccepted())
                .isEmpty();
        assertThat(flood.answers(CALM).keySet())
                .as("answers to the calm vendor")
                .contains(YES)
                .isSubsetOf(YES, NO_CONNECTION, RESTARTING);
    }

    private void assertThatNothingIsLostBut(Flood flood) throws IOException {
        Verdict verdict = flood.verdict(SHED);
        List<Attempt> attempts = flood.attempts(SHED).toList();
        assertThat(verdict).matches(Verdict::isClean, "clean");
        assertThat(losses.problems(attempts, verdict.lostApart(), flood.lines(SHED))).isEmpty();
        assertThat(losses.mostSpent(attempts)).as("loss budget, spent").isGreaterThan(0.8);
        assertThat(config.files("dead-letters").lines()).isEmpty();
        assertThat(run.isAlive()).isTrue();
    }
}
