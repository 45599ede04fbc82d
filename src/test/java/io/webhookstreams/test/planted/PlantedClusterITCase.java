/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Verdict;
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
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Each planted way to say yes too early is reported by the oracle as a loss; in the same scenario
 * the system without it is clean. The scenario:
 *
 * <ol>
 *   <li>Snapshots are taken, and no checkpoint completes: its metadata cannot be written.
 *   <li>The TaskManager that holds the requests is stopped (SIGSTOP) until it is given up, and the
 *       job runs on another one, from the last checkpoint that has completed.
 *   <li>The first one goes on (SIGCONT), a zombie, and closes its readers. Its senders have waited.
 * </ol>
 */
class PlantedClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int IN_FLIGHT = 32;

    /** So many that one of them has begun after the one before had failed. */
    private static final int SNAPSHOTS = 3;

    private static FlinkCluster cluster;
    private static FileRules rules;

    @BeforeAll
    static void start() throws Exception {
        Path directory = TestDirectory.of(PlantedClusterITCase.class, "cluster");
        rules = FileRules.in(directory.resolve("control"));
        String checkpoints = FileRules.uri(directory.resolve("checkpoints"));
        cluster =
                FlinkCluster.start(
                        directory,
                        1,
                        rules.extras(Map.of("execution.checkpointing.dir", checkpoints)));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void a_zombie_that_holds_what_no_checkpoint_has_is_survived_without_a_defect()
            throws Exception {
        Verdict verdict = awokenAsZombie(Installation.ofThisBuild(), "no-defect");

        assertThat(verdict.isClean()).as("%s", verdict).isTrue();
    }

    @Test
    void an_answer_at_snapshot_is_reported_as_a_loss() throws Exception {
        assertOnlyLost(awokenAsZombie(Defects.ANSWER_AT_SNAPSHOT));
    }

    @Test
    void an_answering_zombie_is_reported_as_a_loss() throws Exception {
        assertOnlyLost(awokenAsZombie(Defects.ANSWERING_ZOMBIE));
    }

    private static Verdict awokenAsZombie(Defect defect) throws Exception {
        Path directory = TestDirectory.of(PlantedClusterITCase.class, "planted-" + defect.name());
        return awokenAsZombie(
                PlantedInstallation.of(Installation.ofThisBuild(), defect, directory),
                defect.name());
    }

    private static Verdict awokenAsZombie(Installation installation, String name) throws Exception {
        WebhooksConfig config = config(name);
        ChildProcess zombie = cluster.taskManagers().get(0);
        String job = cluster.cli().run(submission(installation, config));
        new Health(config.health()).awaitReady();
        cluster.startTaskManager();
        cluster.awaitTaskManagers();

        try (PlantedRun load = new PlantedRun(config)) {
            load.vendor(IN_FLIGHT);
            load.awaitAccepted(2 * IN_FLIGHT);
            try (FileRules.InForce lost = rules.enforce(withoutMetadata(name))) {
                Await.until(
                        "snapshots without a completion: " + SNAPSHOTS,
                        SOON,
                        () -> failures(lost) >= SNAPSHOTS);
                zombie.freeze();
                Await.until("zombie: given up", SOON, () -> isGivenUp(zombie));
            }
            cluster.awaitRunning(job);
            zombie.thaw();
            return load.finalVerdict();
        } finally {
            cluster.rest().cancel(job);
            cluster.killTaskManager(zombie);
        }
    }

    private static Rule withoutMetadata(String name) {
        return Rule.of(name, Operation.COMMIT, "/chk-\\d+/_metadata$", Action.FAIL);
    }

    private static long failures(FileRules.InForce rule) throws IOException {
        return rule.events().stream().filter(event -> event.phase() == Event.Phase.FAILED).count();
    }

    private static boolean isGivenUp(ChildProcess taskManager)
            throws IOException, InterruptedException {
        return !cluster.rest().taskManagers().contains(taskManager.name());
    }

    private static Submission submission(Installation installation, WebhooksConfig config) {
        return Submission.of(installation.jar(), 2, "--config", config.file().toString());
    }

    /** Requests are held for as long as the zombie sleeps; files are as on an object store. */
    private static WebhooksConfig config(String name) throws IOException {
        WebhooksConfig config =
                WebhooksConfig.create(TestDirectory.of(PlantedClusterITCase.class, name));
        PlantedRun.replaceSetting(
                config,
                "    event-time: json:/created",
                "    event-time: json:/created\n    answer-deadline: 3 min");
        PlantedRun.setting(
                config, "output-dir: " + FileRules.uri(config.directory().resolve("data/output")));
        return config;
    }

    private static void assertOnlyLost(Verdict verdict) {
        assertThat(verdict.lost()).as("%s", verdict).isNotEmpty();
        assertThat(List.of(verdict.duplicated(), verdict.invented(), verdict.outOfOrder()))
                .as("%s", verdict)
                .allMatch(List::isEmpty);
    }
}
