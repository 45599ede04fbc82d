/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.jobs.prove.vendor.Journal;
import io.webhookstreams.test.cluster.FlinkCli.Submission;
import io.webhookstreams.test.cluster.FlinkCluster;
import io.webhookstreams.test.planted.Batch;
import io.webhookstreams.test.planted.Defects;
import io.webhookstreams.test.planted.PlantedInstallation;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.TestDirectory;
import io.webhookstreams.test.webhooks.Health;
import io.webhookstreams.test.webhooks.Installation;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Takes the savepoint of a release with the present build. No part of the test command: {@code
 * docs/development.md} says how it is run.
 */
class TakeSavepoint {

    private static final Duration SOON = Duration.ofSeconds(60);

    /**
     * Flink's file sink has a directory in its state, by its absolute path, for one checkpoint
     * after its last file is finished.
     */
    private static final int CHECKPOINTS_UNTIL_SINKS_FORGET = 3;

    @Test
    void of_this_build() throws Exception {
        StoredSavepoint target = StoredSavepoint.named(System.getProperty("savepoint.name"));
        assertThat(target.directory()).doesNotExist();
        Path directory = TestDirectory.of(TakeSavepoint.class, "take");
        Path hold = directory.resolve("hold");
        Installation installation =
                PlantedInstallation.of(
                        Installation.ofThisBuild(), Defects.heldWhile(hold), directory);
        WebhooksConfig config = StoredSavepoint.config(directory.resolve("job"));
        SinkFiles events = config.files("events/stream=events");

        try (FlinkCluster cluster = FlinkCluster.start(directory.resolve("cluster"), 1)) {
            String job =
                    cluster.cli()
                            .run(
                                    Submission.of(
                                            installation.jar(),
                                            StoredSavepoint.PARALLELISM,
                                            "--config",
                                            config.file().toString()));
            new Health(config.health()).awaitReady();
            Batch batch = new Batch(config.endpoints("events"), new Journal());
            batch.post(Batch.events("stored", 1, StoredSavepoint.STORED));
            Await.until(
                    "stored events: in finished files",
                    SOON,
                    () -> events.events().size() == StoredSavepoint.STORED);
            Files.createFile(hold);
            batch.post(Batch.events("held", 1, StoredSavepoint.HELD));
            awaitCheckpoints(cluster, job, CHECKPOINTS_UNTIL_SINKS_FORGET);

            Path savepoint = Path.of(URI.create(cluster.cli().stop(job)));

            assertThat(events.events()).hasSize(StoredSavepoint.STORED);
            assertNothingIsIn(config.directory(), savepoint);
            target.store(savepoint, events.events());
        }
    }

    /**
     * A file of the sink that is named in the savepoint would be gone on with, here. That the
     * savepoint's own path is in it does no harm: small state is in the metadata, and the path is
     * only its name.
     */
    private static void assertNothingIsIn(Path directory, Path savepoint) throws IOException {
        try (Stream<Path> files = Files.walk(savepoint)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(directory.toString());
            }
        }
    }

    private static void awaitCheckpoints(FlinkCluster cluster, String job, int more)
            throws IOException, InterruptedException {
        long enough = cluster.rest().completedCheckpoints(job) + more;
        Await.until(
                "checkpoints: " + enough,
                SOON,
                () -> cluster.rest().completedCheckpoints(job) >= enough);
    }
}
