/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.cluster.Extras;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.cluster.Shape;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Admin;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;

/** The job on a cluster of two JobManagers and two TaskManagers, each a JVM of its own. */
class ClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static FlinkCluster cluster;
    private static Installation installation;

    private final Chaos chaos = new Chaos();

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.ofThisBuild();
        Path directory = TestDirectory.of(ClusterITCase.class, "cluster");
        cluster = FlinkCluster.start(directory, Shape.of(2, 2), Extras.NONE);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    /** Killed, and then stopped until the other has taken its place, and let go on. */
    @Test
    void
            nothing_answered_is_lost_or_doubled_when_the_leading_jobmanager_is_killed_and_the_standby_takes_over()
                    throws Exception {
        WebhooksConfig config = config("leaders");
        String job = cluster.cli().run(submission(config, 2));
        new Health(config.health()).awaitReady();

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(100);
            ChildProcess first = cluster.leader();
            long newest = cluster.rest().newestCheckpoint(job);
            cluster.killAndRestart(first);
            ChildProcess second = awaitTakeover(first.name(), job, newest);
            load.awaitAccepted(100);

            newest = cluster.rest().newestCheckpoint(job);
            second.freeze();
            awaitTakeover(second.name(), job, newest);
            second.thaw();
            load.awaitAccepted(100);
            cluster.awaitTaskManagers();
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
        cluster.cli().stop(job);
    }

    /** Returns the new leader, when the job runs again from that checkpoint or a newer one. */
    private static ChildProcess awaitTakeover(String from, String job, long checkpoint)
            throws InterruptedException {
        ChildProcess leader = cluster.awaitLeaderOtherThan(from);
        Await.until(
                "job: restored from checkpoint %d or newer".formatted(checkpoint),
                SOON,
                () -> cluster.rest().restoredCheckpoint(job) >= checkpoint);
        cluster.awaitRunning(job);
        return leader;
    }

    /** Vendors go on posting all the time: what is drained refuses them, and they come again. */
    @Test
    void
            nothing_is_lost_or_doubled_by_other_parallelisms_drains_under_load_and_stops_without_and_with_drain()
                    throws Exception {
        WebhooksConfig config = config("stops");
        Submission submission = submission(config, 2);
        Admin admin = new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN);
        String job = cluster.cli().run(submission);
        new Health(config.health()).awaitReady();

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(200);
            admin.drain();
            load.awaitRefused("draining");
            String drained = cluster.cli().stop(job);
            job = cluster.cli().run(submission.parallelism(4).from(drained));
            load.awaitAccepted(200);

            String busy = cluster.cli().stop(job);
            job = cluster.cli().run(submission.parallelism(1).from(busy));
            load.awaitAccepted(200);

            admin.drain();
            cluster.cli().stopWithDrain(job);
            awaitFinished(job);
            load.abandon();

            load.judge(chaos);
            load.judgeCounts(chaos);
        }
    }

    private static void awaitFinished(String job) throws InterruptedException {
        Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));
    }

    private static WebhooksConfig config(String test) throws Exception {
        return WebhooksConfig.create(TestDirectory.of(ClusterITCase.class, test));
    }

    private static Submission submission(WebhooksConfig config, int parallelism) {
        return Submission.of(installation.jar(), parallelism, "--config", config.file().toString());
    }
}
