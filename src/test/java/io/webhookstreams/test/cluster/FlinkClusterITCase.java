/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.probe.CountingJob;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The harness by itself: if this fails, no other test of this module says anything about the
 * project.
 */
class FlinkClusterITCase {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void
            a_job_survives_killed_taskmanagers_and_jobmanagers_and_resumes_from_a_savepoint_at_another_parallelism()
                    throws Exception {
        Path root = TestDirectory.of(FlinkClusterITCase.class, "kill_and_resume");
        try (FlinkCluster cluster = FlinkCluster.start(root.resolve("cluster"), 2)) {
            Path jar = JobJar.pack(root.resolve("job.jar"), CountingJob.class, "Slowly");
            String job = cluster.cli().run(Submission.of(jar, 2));
            cluster.awaitRunning(job);
            awaitCheckpoints(cluster, job, 3);

            ChildProcess victim = cluster.taskManagers().get(0);
            cluster.startTaskManager();
            cluster.killTaskManager(victim);
            Await.until("job: restored", SOON, () -> cluster.rest().restores(job) > 0);
            cluster.awaitTaskManagers();
            cluster.awaitRunning(job);

            cluster.killAndRestart(cluster.leader());
            cluster.awaitTaskManagers();
            cluster.awaitRunning(job);

            String savepoint = cluster.cli().stop(job);
            Await.until("job: finished", SOON, () -> cluster.rest().state(job).equals("FINISHED"));
            String next = cluster.cli().run(Submission.of(jar, 1).from(savepoint));
            cluster.awaitRunning(next);
            awaitCheckpoints(cluster, next, 1);
        }
    }

    private static void awaitCheckpoints(FlinkCluster cluster, String job, int count)
            throws InterruptedException {
        Await.until(
                "checkpoints: " + count + " completed",
                SOON,
                () -> cluster.rest().completedCheckpoints(job) >= count);
    }
}
