/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.faults.FileRules;
import io.webhookstreams.test.faults.filesystem.Action;
import io.webhookstreams.test.faults.filesystem.Event;
import io.webhookstreams.test.faults.filesystem.Operation;
import io.webhookstreams.test.faults.filesystem.Rule;
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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The job on a cluster whose TaskManagers die, or find the disk full. */
class FaultsITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final double LOSS_BUDGET = 0.3;

    private static FlinkCluster cluster;
    private static FileRules rules;
    private static Installation installation;

    private final Chaos chaos = new Chaos();

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.ofThisBuild();
        Path directory = TestDirectory.of(FaultsITCase.class, "cluster");
        rules = FileRules.in(directory.resolve("control"));
        cluster =
                FlinkCluster.start(
                        directory, 2, rules.checkpointsIn(directory.resolve("checkpoints")));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void nothing_answered_is_lost_or_doubled_by_a_full_disk() throws Exception {
        WebhooksConfig config = configure("disk");
        String job = submit(config);

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitAccepted(50);
            Rule full = Rule.of("full", Operation.WRITE, "/data/output/", Action.FULL_DISK);
            try (FileRules.InForce disk = rules.enforce(full)) {
                disk.await("full", SOON, event -> event.phase() == Event.Phase.FAILED);
            }
            load.awaitAccepted(50);
            load.finish();
            load.awaitFences();
            load.judge(chaos);
        }
        cluster.cli().stop(job);
    }

    /** Overloaded: one queued delivery is too many, and the vendors' next ones come together. */
    @Test
    void
            what_was_kept_and_what_was_shed_account_for_every_2xx_once_and_within_budget_through_a_kill()
                    throws Exception {
        WebhooksConfig config = configure("shed");
        config.addToStream(
                "events",
                "policy: shed",
                "shed.budget: " + LOSS_BUDGET,
                "shed.keep: 0.2",
                "shed.window: 30 d",
                "shed.ledger: true",
                "queue.max-deliveries: 16",
                "queue.high-water: 0.05");
        String job = submit(config);

        try (Load load = Load.start(config, chaos.seed())) {
            load.awaitShed(20);
            killOldestTaskManager();
            cluster.awaitTaskManagers();
            cluster.awaitRunning(job);
            load.awaitShed(20);
            load.finish();
            new Admin(config.admin(), WebhooksConfig.ADMIN_TOKEN).drain();
            cluster.cli().stopWithDrain(job);
            Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));

            load.judgeShed(chaos, LOSS_BUDGET);
        }
    }

    private static WebhooksConfig configure(String test) throws IOException {
        WebhooksConfig config = WebhooksConfig.create(TestDirectory.of(FaultsITCase.class, test));
        Path output = config.directory().resolve("data/output");
        config.addToJob("output-dir: " + FileRules.uri(output));
        return config;
    }

    /** Returns the job's id when deliveries are accepted. */
    private static String submit(WebhooksConfig config) throws InterruptedException {
        String file = config.file().toString();
        String job = cluster.cli().run(Submission.of(installation.jar(), 2, "--config", file));
        new Health(config.health()).awaitReady();
        return job;
    }

    private static void killOldestTaskManager() throws InterruptedException {
        ChildProcess victim = cluster.taskManagers().get(0);
        cluster.startTaskManager();
        cluster.killTaskManager(victim);
    }
}
