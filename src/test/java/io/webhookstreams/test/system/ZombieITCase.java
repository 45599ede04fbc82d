/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.cluster.TaskLog;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/**
 * A TaskManager that is given up, and goes on when the job runs elsewhere, with files on a plain
 * local file system.
 */
class ZombieITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Chaos chaos = new Chaos();

    @Test
    void nothing_answered_is_lost_or_doubled_by_a_zombie_with_files_on_a_local_disk()
            throws Exception {
        WebhooksConfig config =
                WebhooksConfig.create(TestDirectory.of(ZombieITCase.class, "webhooks"));
        try (FlinkCluster cluster =
                FlinkCluster.start(TestDirectory.of(ZombieITCase.class, "cluster"), 2)) {
            String job =
                    cluster.cli()
                            .run(
                                    Submission.of(
                                            Installation.ofThisBuild().jar(),
                                            2,
                                            "--config",
                                            config.file().toString()));
            new Health(config.health()).awaitReady();

            try (Load load = Load.start(config, chaos.seed())) {
                load.awaitAccepted(50);
                wakeWhenTheJobRunsElsewhere(cluster, job, load);
                load.awaitAccepted(50);
                load.finish();
                load.awaitFences();
                load.judge(chaos);
            }
            cluster.cli().stop(job);
        }
    }

    private static void wakeWhenTheJobRunsElsewhere(FlinkCluster cluster, String job, Load load)
            throws Exception {
        ChildProcess zombie = cluster.taskManagers().get(0);
        long restores = cluster.rest().restores(job);
        zombie.freeze();
        long tasks = TaskLog.begun(zombie);
        Await.until(
                "job: restored without the zombie",
                SOON,
                () -> cluster.rest().restores(job) > restores);
        cluster.awaitRunning(job);
        load.awaitAccepted(50);

        zombie.thaw();
        Await.until("zombie: its tasks have ended", SOON, () -> TaskLog.ended(zombie) >= tasks);
        cluster.awaitTaskManagers();
    }
}
