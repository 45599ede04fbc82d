/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.JobSettings;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The entry point on a cluster: {@code flink run webhooks.jar --config FILE}. The file is read
 * where the job is submitted; secrets are read on the TaskManagers. Everything else is the {@code
 * webhooks} command's.
 */
public final class WebhooksJob {

    private WebhooksJob() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        addTo(env, configFile(args));
        env.execute(WebhooksGraph.JOB_NAME);
    }

    static void addTo(StreamExecutionEnvironment env, Path config) throws IOException {
        JobDefinition definition = JobDefinition.load(config);
        checkpointDirectory(env, definition.settings())
                .ifPresent(
                        directory -> {
                            Configuration chosen = new Configuration();
                            chosen.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory);
                            env.configure(chosen);
                        });
        WebhooksGraph.addTo(env, definition);
    }

    /** The file's; else the cluster's, which needs no mention; else one in the data directory. */
    private static Optional<String> checkpointDirectory(
            StreamExecutionEnvironment env, JobSettings settings) {
        Optional<String> cluster =
                Optional.ofNullable(
                        env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY));
        return settings.checkpointDirectory()
                .or(
                        () ->
                                cluster.isPresent()
                                        ? Optional.empty()
                                        : Optional.of(
                                                settings.dataDirectory()
                                                        .resolve("checkpoints")
                                                        .toUri()
                                                        .toString()));
    }

    private static Path configFile(String[] args) {
        if (args.length != 2 || !args[0].equals("--config")) {
            throw new IllegalArgumentException(
                    "arguments: %d (expected: --config FILE)".formatted(args.length));
        }
        return Path.of(args[1]);
    }
}
