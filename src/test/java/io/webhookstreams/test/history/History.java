/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.oracle.CountsOracle;
import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out a plan while vendors post.
 *
 * <ol>
 *   <li>Cluster, job and vendors start.
 *   <li>Each step: calm, its fault at its instant, and, unless the plan is impatient, a wait until
 *       the job is well again: all TaskManagers registered, all tasks running, answers 2xx.
 *   <li>The vendors go on until enough events were answered, then make no new ones, and all that
 *       they do not give up is answered.
 *   <li>Held requests, their bytes and queues are back at nothing.
 *   <li>The job is drained and stopped, none of the listeners' threads is left, and the oracle is
 *       asked; and of the stream without deduplication {@link Copies}.
 * </ol>
 */
final class History {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int IN_FLIGHT = Integer.getInteger("history.in-flight", 32);
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Installation installation;
    private final Plan plan;
    private final int events;
    private final Path directory;
    private final List<Struck> struck = new ArrayList<>();

    private History(Installation installation, Plan plan, int events, Path directory) {
        this.installation = installation;
        this.plan = plan;
        this.events = events;
        this.directory = directory;
    }

    /** Returns what came of it; a fault from which the job does not recover is an error. */
    static Chronicle carryOut(Installation installation, Plan plan, int events, Path directory)
            throws IOException, InterruptedException {
        return new History(installation, plan, events, directory).run();
    }

    private Chronicle run() throws IOException, InterruptedException {
        Instant start = Instant.now();
        try (Scene scene = Scene.start(installation, directory);
                Traffic traffic = Traffic.start(scene, plan.seed(), IN_FLIGHT)) {
            try {
                traffic.awaitDurable(100, SOON);
                strikeAll(scene, traffic);
                scene.awaitRunning();
                traffic.awaitDurable(events, patience());
                traffic.finish();
                List<String> levels = new ArrayList<>(LevelsOfRest.problems(scene.admin()));
                scene.drainAndStop();
                levels.addAll(LeftThreads.problems(scene.taskManagers()));
                Duration took = Duration.between(start, Instant.now());
                return judge(scene.config(), traffic, levels, took);
            } finally {
                traffic.journal().write(directory.resolve("journal"));
            }
        }
    }

    private void strikeAll(Scene scene, Traffic traffic) throws InterruptedException {
        Strikes strikes = new Strikes(scene, traffic);
        for (Step step : plan.steps()) {
            LOG.info("{}; {} times 200 so far", step, traffic.durable());
            try {
                Await.pause(step.calm());
                struck.add(strikes.strike(step));
                if (!step.impatient()) {
                    scene.awaitRunning();
                    traffic.awaitDurable(traffic.durable() + 20, SOON);
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("step " + step + ": " + e.getMessage(), e);
            }
        }
    }

    /** At least 50 events a second on a machine with nothing else to do. */
    private Duration patience() {
        return SOON.plusSeconds(events / 50);
    }

    private Chronicle judge(
            WebhooksConfig config, Traffic traffic, List<String> levels, Duration took)
            throws IOException {
        Oracle oracle = new Oracle(traffic.journal(), Traffic::isOfTierAccept);
        Copies copies = new Copies();
        CountsOracle counts = new CountsOracle();
        Output.judge(config.directory().resolve("data/output/events"), oracle, copies, counts);
        config.files("counts").lines().forEach(counts::count);
        config.files("late").lines().forEach(counts::late);
        List<String> problems = new ArrayList<>(levels);
        problems.addAll(copies.problems(SourceAttempts.of(Scene.clusterOf(directory))));
        problems.addAll(counts.problems());
        config.files("dead-letters").lines().forEach(line -> problems.add("dead letter: " + line));
        problems.addAll(ProcessLogs.problems(Scene.clusterOf(directory)));
        return new Chronicle(
                plan,
                List.copyOf(struck),
                traffic.journal(),
                traffic.durable(),
                traffic.answeredAgain(),
                copies.repeated(),
                took,
                oracle.verdict(),
                List.copyOf(problems));
    }
}
