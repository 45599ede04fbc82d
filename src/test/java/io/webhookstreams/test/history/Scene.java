/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
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
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The job on its cluster, and what one can do to it. Used from one thread; the load is elsewhere.
 */
final class Scene implements AutoCloseable {

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int TASK_MANAGERS = 2;

    private final FlinkCluster cluster;
    private final WebhooksConfig config;
    private final Admin admin;
    private final Aim aim;
    private Submission submission;
    private String job;

    private Scene(FlinkCluster cluster, Installation installation, WebhooksConfig config)
            throws InterruptedException {
        this.cluster = cluster;
        this.config = config;
        this.admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        this.aim = new Aim(clusterOf(config.directory().getParent()));
        this.submission =
                Submission.of(installation.jar(), 2, "--config", config.file().toString());
        this.job = cluster.cli().run(submission);
    }

    /** Starts the cluster and the job, and returns when deliveries are accepted. */
    static Scene start(Installation installation, Path directory)
            throws IOException, InterruptedException {
        WebhooksConfig config = WebhooksConfig.create(directory.resolve("job"));
        FlinkCluster cluster = FlinkCluster.start(clusterOf(directory), TASK_MANAGERS);
        try {
            Scene scene = new Scene(cluster, installation, config);
            new Health(config.health()).awaitReady();
            return scene;
        } catch (InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
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
     * SIGKILL of a TaskManager with a source, at a moment. False when it did not come to the
     * moment: then it is killed at any time.
     */
    boolean killAt(Moment moment, int target) throws IOException, InterruptedException {
        cluster.startTaskManager();
        awaitRunning();
        List<ChildProcess> all = cluster.taskManagers();
        for (int i = 0; i < all.size(); i++) {
            ChildProcess victim = all.get((target + i) % all.size());
            if (aim.stopAt(moment, victim)) {
                cluster.killTaskManager(victim);
                return true;
            }
        }
        cluster.killTaskManager(all.get(target % all.size()));
        return false;
    }

    void killJobManager() throws InterruptedException {
        cluster.killAndRestart(jobManager());
    }

    /**
     * SIGSTOP until the job runs without it, then SIGKILL. It is not let go on: it would write into
     * the files that the new attempt has gone on with, see docs/guarantees.md.
     */
    void freeze(ChildProcess victim) throws InterruptedException {
        cluster.startTaskManager();
        cluster.awaitTaskManagers();
        victim.freeze();
        Await.until(
                victim.name() + ": given up",
                SOON,
                () -> !cluster.rest().taskManagers().contains(victim.name()));
        cluster.awaitRunning(job);
        cluster.killTaskManager(victim);
    }

    ChildProcess jobManager() {
        return cluster.jobManagers().get(0);
    }

    /** Something else stands in its place until checkpoints have failed; then it is back. */
    void loseCheckpointDirectory() throws IOException, InterruptedException {
        Path directory = checkpoints();
        Path away = directory.resolveSibling("checkpoints-away");
        long failed = cluster.rest().failedCheckpoints(job);
        Files.move(directory, away);
        Files.createFile(directory);
        try {
            Await.until(
                    "checkpoints: one has failed",
                    SOON,
                    () -> cluster.rest().failedCheckpoints(job) > failed);
        } finally {
            Files.delete(directory);
            Files.move(away, directory);
        }
    }

    /** Stop with savepoint, and start from it. */
    void restart(int parallelism) throws InterruptedException {
        startFrom(cluster.cli().stop(job), parallelism);
    }

    /** Cancel, and start from the newest checkpoint that is retained, as its directory has it. */
    void cancelAndRestore() throws IOException, InterruptedException {
        cluster.rest().cancel(job);
        Await.until("job: canceled", SOON, () -> cluster.rest().state(job).equals("CANCELED"));
        startFrom(newestCheckpoint(checkpoints().resolve(job)).toString(), parallelism());
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

    int parallelism() {
        return submission.parallelism();
    }

    /** The end: admission closed, nothing pending, windows closed, files finished. */
    void drainAndStop() throws IOException, InterruptedException {
        admin.drain();
        cluster.cli().stopWithDrain(job);
        Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
