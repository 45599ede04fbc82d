/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.cluster.Shape;
import io.webhookstreams.test.cluster.TaskLog;
import io.webhookstreams.test.faults.CrashInstant;
import io.webhookstreams.test.faults.FileRules;
import io.webhookstreams.test.faults.Instants;
import io.webhookstreams.test.network.CuttingProxy;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The job on its cluster, and what one can do to it. Used from one thread; the load is elsewhere.
 */
final class Scene implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Shape SHAPE = Shape.of(2, 2);
    private static final int TRIES = 3;
    private static final int CUTS = 20;
    private static final Pattern LISTENING = Pattern.compile(" listening on http://[^:]+:(\\d+),");

    /** Of each stream; beyond it a delivery that is not durable is refused. */
    static final Duration ANSWER_DEADLINE = Duration.ofSeconds(4);

    /** One more: its retries are known only to readers. */
    private static final String STREAM =
            """
            %1$s:
                path: /in/%1$s
                auth: {type: bearer, secrets: ["file:token"]}
                event-id: json:/id
                event-type: json:/type
                event-time: json:/created"""
                    .formatted(Traffic.NOT_DEDUPLICATED);

    private final FlinkCluster cluster;
    private final FileRules rules;
    private final WebhooksConfig config;
    private final CuttingProxy proxy;
    private final Admin admin;
    private Submission submission;
    private String job;

    private Scene(
            FlinkCluster cluster, FileRules rules, Installation installation, WebhooksConfig config)
            throws IOException, InterruptedException {
        this.cluster = cluster;
        this.rules = rules;
        this.config = config;
        this.admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        this.submission =
                Submission.of(
                        installation.jar(), Plan.PARALLELISM, "--config", config.file().toString());
        this.job = cluster.cli().run(submission);
        this.proxy = CuttingProxy.to(config.ingest().addresses());
    }

    /** Starts the cluster and the job, and returns when deliveries are accepted. */
    static Scene start(Installation installation, Path directory)
            throws IOException, InterruptedException {
        WebhooksConfig config = configure(directory.resolve("job"));
        FileRules rules = FileRules.in(directory.resolve("control"));
        Path root = clusterOf(directory);
        FlinkCluster cluster =
                FlinkCluster.start(root, SHAPE, rules.checkpointsIn(root.resolve("checkpoints")));
        try {
            Scene scene = new Scene(cluster, rules, installation, config);
            new Health(config.health()).awaitReady();
            return scene;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Short deadlines, so that senders learn of a job that hangs. */
    private static WebhooksConfig configure(Path directory) throws IOException {
        WebhooksConfig config = WebhooksConfig.create(directory);
        config.add("streams", STREAM);
        config.addToJob("dedup.disabled: [%s]".formatted(Traffic.NOT_DEDUPLICATED));
        config.addToStreams("answer-deadline: " + ANSWER_DEADLINE.toMillis() + " ms");
        config.addBlock("source:\n  watchdog.timeout: 3 s");
        config.addToJob("output-dir: " + FileRules.uri(directory.resolve("data/output")));
        return config;
    }

    static Path clusterOf(Path directory) {
        return directory.resolve("cluster");
    }

    WebhooksConfig config() {
        return config;
    }

    Admin admin() {
        return admin;
    }

    FileRules rules() {
        return rules;
    }

    List<ChildProcess> taskManagers() {
        return cluster.taskManagers();
    }

    ChildProcess taskManager(int target) {
        List<ChildProcess> all = cluster.taskManagers();
        return all.get(target % all.size());
    }

    /** Returns when exactly the TaskManagers that run are registered and all tasks run. */
    void awaitRunning() throws InterruptedException {
        cluster.awaitTaskManagers();
        cluster.awaitRunning(job);
    }

    /** SIGKILL, with others started before, so that the job has room again at once. */
    void kill(List<ChildProcess> victims) throws InterruptedException {
        for (int i = 0; i < victims.size(); i++) {
            cluster.startTaskManager();
        }
        for (ChildProcess victim : victims) {
            cluster.killTaskManager(victim);
        }
    }

    /**
     * SIGKILL of a TaskManager with a source at an instant of a checkpoint.
     *
     * @param requests arrive before the barrier of that checkpoint, or where it strikes before the
     *     barrier, after that of the one before
     * @return who was killed and when, if it was verified that it was that instant
     */
    Optional<Killed> killAt(CrashInstant instant, int target, Instants.Requests requests)
            throws IOException, InterruptedException {
        cluster.startTaskManager();
        awaitRunning();
        List<ChildProcess> possible = withSources();
        ChildProcess other = possible.get(target % possible.size());
        List<Killed> killed = new ArrayList<>();
        OptionalLong hit =
                Instants.at(
                        instant,
                        cluster,
                        rules,
                        requests,
                        process -> killed.add(killNow(named(process, possible, other))));
        return hit.isPresent() ? Optional.of(killed.get(0)) : Optional.empty();
    }

    /**
     * A process that was killed.
     *
     * @param port of its listener
     * @param at just before
     */
    record Killed(int port, Instant at) {}

    private Killed killNow(ChildProcess victim) throws InterruptedException {
        int port = listenerOf(victim);
        Instant now = Instant.now();
        cluster.killTaskManager(victim);
        return new Killed(port, now);
    }

    /** Of the newest attempt, as its log has it. */
    private static int listenerOf(ChildProcess taskManager) {
        return LISTENING
                .matcher(taskManager.output())
                .results()
                .map(line -> Integer.valueOf(line.group(1)))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError(taskManager.name() + ": has no listener"));
    }

    /** Asked before the instant: a JobManager that is held there answers nothing. */
    private List<ChildProcess> withSources() throws InterruptedException {
        return Await.value(
                "taskmanagers: some with a source",
                SOON,
                () -> {
                    Set<String> names = cluster.rest().taskManagersOfSources(job);
                    List<ChildProcess> found =
                            cluster.taskManagers().stream()
                                    .filter(process -> names.contains(process.name()))
                                    .toList();
                    return found.isEmpty() ? Optional.empty() : Optional.of(found);
                });
    }

    /** That one of these, or another one where the name is a JobManager's. */
    private static ChildProcess named(String name, List<ChildProcess> all, ChildProcess other) {
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElse(other);
    }

    /** SIGKILL of the JobManager that leads; another one stands by from now on. */
    void killLeader() throws InterruptedException {
        cluster.killAndRestart(cluster.leader());
    }

    /** SIGSTOP of the JobManager that leads, until another one does. */
    void haltLeader() throws InterruptedException {
        ChildProcess leader = cluster.leader();
        leader.freeze();
        try {
            ChildProcess unused = cluster.awaitLeaderOtherThan(leader.name());
        } finally {
            leader.thaw();
        }
    }

    /** The listeners behind a proxy that cuts connections while {@link #cutAnswers} runs. */
    Endpoints proxied(String path) {
        return proxy.endpoints(path);
    }

    /** Returns when so many senders did not hear their yes. */
    void cutAnswers() throws InterruptedException {
        int enough = proxy.cuts() + CUTS;
        proxy.cutOneIn(2);
        try {
            Await.until("cuts: " + enough, SOON, () -> proxy.cuts() >= enough);
        } finally {
            proxy.cutNone();
        }
    }

    /**
     * SIGSTOP until the job runs without it, then SIGCONT: it answers what it held, and writes what
     * it had, and learns that it was given up. It is killed when the tasks that it had have ended
     * and it has come back.
     */
    void makeZombie(int target) throws InterruptedException {
        List<ChildProcess> possible = withSources();
        ChildProcess victim = possible.get(target % possible.size());
        cluster.startTaskManager();
        cluster.awaitTaskManagers();
        victim.freeze();
        long tasks = TaskLog.begun(victim);
        Await.until(victim.name() + ": given up", SOON, () -> !isRegistered(victim));
        cluster.awaitRunning(job);
        victim.thaw();
        Await.until(
                victim.name() + ": its tasks have ended",
                SOON,
                () -> TaskLog.ended(victim) >= tasks);
        Await.until(victim.name() + ": back", SOON, () -> isRegistered(victim));
        cluster.killTaskManager(victim);
    }

    private boolean isRegistered(ChildProcess taskManager)
            throws IOException, InterruptedException {
        return cluster.rest().taskManagers().contains(taskManager.name());
    }

    /** How many checkpoints have failed since the JobManager started. */
    long failedCheckpoints() throws IOException, InterruptedException {
        return cluster.rest().failedCheckpoints(job);
    }

    /** Something else stands in its place until it has hurt; then it is back. */
    void loseCheckpointDirectory(Await.Condition hurt) throws IOException, InterruptedException {
        Path directory = checkpoints();
        Path away = directory.resolveSibling("checkpoints-away");
        Files.move(directory, away);
        Files.createFile(directory);
        try {
            Await.until("checkpoints: one has failed", SOON, hurt);
        } finally {
            Files.delete(directory);
            Files.move(away, directory);
        }
    }

    /** Stop with savepoint, and start from it. */
    void restart(int parallelism) throws IOException, InterruptedException {
        startFrom(stop(() -> cluster.cli().stop(job)), parallelism);
    }

    private interface Stop {
        String savepoint() throws IOException, InterruptedException;
    }

    /**
     * Flink gives a stop up when a task fails meanwhile; the job goes on, and an operator asks
     * again.
     */
    private String stop(Stop stop) throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                return stop.savepoint();
            } catch (AssertionError refused) {
                if (tries == TRIES) {
                    throw refused;
                }
                awaitRunning();
            }
        }
    }

    /** Cancel, and start from the newest checkpoint that is retained, as its directory has it. */
    void cancelAndRestore() throws IOException, InterruptedException {
        cluster.rest().cancel(job);
        Await.until("job: canceled", SOON, () -> cluster.rest().state(job).equals("CANCELED"));
        startFrom(
                FileRules.uri(newestCheckpoint(checkpoints().resolve(job))),
                submission.parallelism());
    }

    private Path checkpoints() {
        return clusterOf(config.directory().getParent()).resolve("checkpoints");
    }

    private static Path newestCheckpoint(Path ofJob) throws IOException {
        try (Stream<Path> files = Files.list(ofJob)) {
            return files.filter(directory -> Files.exists(directory.resolve("_metadata")))
                    .max(Comparator.comparingLong(Scene::number))
                    .orElseThrow(() -> new AssertionError(ofJob + ": no checkpoint is complete"));
        }
    }

    /** Of a checkpoint's directory, {@code chk-NUMBER}. */
    private static long number(Path checkpoint) {
        return Long.parseLong(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private void startFrom(String path, int parallelism) throws InterruptedException {
        submission = submission.parallelism(parallelism).from(path);
        job = cluster.cli().run(submission);
    }

    /** The end: admission closed, nothing pending, windows closed, files finished. */
    void drainAndStop() throws IOException, InterruptedException {
        String unused =
                stop(
                        () -> {
                            admin.drain();
                            return cluster.cli().stopWithDrain(job);
                        });
        Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        proxy.close();
    }
}
