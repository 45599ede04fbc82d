/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Endpoints;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.cluster.Shape;
import io.webhookstreams.test.faults.FileRules;
import io.webhookstreams.test.network.TestNetwork;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The job on TaskManagers in networks of their own, one of which loses the way to the others. */
class PartitionITCase {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int LOST = 1;

    private final Chaos chaos = new Chaos();

    @Test
    void
            a_taskmanager_cut_off_from_the_jobmanager_answers_no_2xx_for_what_the_new_attempt_does_not_have()
                    throws Exception {
        Optional<String> obstacle = TestNetwork.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> obstacle.orElseThrow());
        Path directory = TestDirectory.of(PartitionITCase.class, "partition");
        FileRules files = FileRules.in(directory.resolve("control"));
        WebhooksConfig config = config(directory.resolve("job"));

        try (TestNetwork network = TestNetwork.create(2);
                FlinkCluster cluster = start(directory.resolve("cluster"), network, files)) {
            String job = cluster.cli().run(submission(config));
            try (Load load = Load.start(config, endpoints(network, config), chaos.seed())) {
                load.awaitAccepted(50);
                String lost = network.vendorAddress(LOST);
                Await.until("2xx: of the TaskManager to lose", SOON, () -> hasYes(load, lost));

                network.unplug(LOST);
                Instant unplugged = Instant.now();
                awaitGivenUp(cluster);
                load.awaitAccepted(50);
                List<Answer> answers = answers(load, lost, unplugged);
                assertThat(answers).as("answers of the lost one, %s", chaos).isNotEmpty();
                assertThat(answers).as("%s", chaos).noneMatch(Answer::isAccepted);
                assertThat(answers).hasAtLeastOneElementOfType(Answer.Refused.class);

                network.plug(LOST);
                cluster.awaitTaskManagers();
                cluster.awaitRunning(job);
                load.awaitAccepted(50);
                load.finish();
                load.awaitFences();

                load.judge(chaos);
            }
        }
    }

    private static void awaitGivenUp(FlinkCluster cluster) throws InterruptedException {
        String name = cluster.taskManagers().get(LOST).name();
        Await.until(
                name + ": taken for dead",
                SOON,
                () -> !cluster.rest().taskManagers().contains(name));
    }

    private static boolean hasYes(Load load, String host) {
        return load.attempts().stream()
                .anyMatch(a -> a.to().getHost().equals(host) && a.answer().isAccepted());
    }

    /** Of one host to what was sent after that time. */
    private static List<Answer> answers(Load load, String host, Instant after) {
        return load.attempts().stream()
                .filter(attempt -> attempt.to().getHost().equals(host))
                .filter(attempt -> attempt.at().isAfter(after))
                .map(Attempt::answer)
                .toList();
    }

    private static FlinkCluster start(Path directory, TestNetwork network, FileRules files)
            throws Exception {
        return FlinkCluster.start(
                directory,
                new Shape(1, network.address(), network.hosts()),
                // Nobody knows the names of these addresses.
                files.extras(Map.of("jobmanager.retrieve-taskmanager-hostname", "false")));
    }

    /** Within the namespace of a host, every address is its own. */
    private static WebhooksConfig config(Path directory) throws Exception {
        WebhooksConfig config = WebhooksConfig.create(directory);
        config.add("listener", "address: 0.0.0.0");
        config.add("listener", "tls.mode: terminated-upstream");
        config.add("job", "output-dir: " + FileRules.uri(directory.resolve("data/output")));
        return config;
    }

    private static Endpoints endpoints(TestNetwork network, WebhooksConfig config) {
        return network.endpoints(config.ingest(), "/in/events");
    }

    private static Submission submission(WebhooksConfig config) {
        return Submission.of(
                Installation.ofThisBuild().jar(), 2, "--config", config.file().toString());
    }
}
