/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
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
import java.util.List;

/** The job on a cluster of one JobManager and two TaskManagers, each a JVM of its own. */
class ClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static FlinkCluster cluster;
    private static Installation installation;

    private final Chaos chaos = new Chaos();

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.ofThisBuild();
        Path directory = TestDirectory.of(ClusterITCase.class, "cluster");
        cluster = FlinkCluster.start(directory, 2);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void nothing_answered_is_lost_or_doubled_when_the_jobmanager_is_killed() throws Exception {
        WebhooksConfig config = config("jobmanager");
        String job = cluster.cli().run(submission(config, 2));
        new Health(config.health()).awaitReady();

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(100);
            cluster.killAndRestartJobManager();
            cluster.awaitTaskManagers();
            Await.until("job: restored", SOON, () -> cluster.rest().restores(job) > 0);
            load.awaitAccepted(100);
            load.finish();
            load.awaitFences();

            load.judge(chaos);
        }
        cluster.cli().stop(job);
    }

    @Test
    void nothing_is_lost_or_doubled_by_savepoints_other_parallelisms_and_a_drained_stop()
            throws Exception {
        WebhooksConfig config = config("rescale");
        Submission submission = submission(config, 2);
        String job = cluster.cli().run(submission);
        new Health(config.health()).awaitReady();

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(200);
            for (int parallelism : List.of(4, 1)) {
                String savepoint = cluster.cli().stop(job);
                job = cluster.cli().run(submission.parallelism(parallelism).from(savepoint));
                load.awaitAccepted(200);
            }
            load.finish();
            new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN).drain();
            cluster.cli().stopWithDrain(job);
            awaitFinished(job);

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
