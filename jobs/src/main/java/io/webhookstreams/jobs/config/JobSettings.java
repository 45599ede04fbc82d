/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import io.webhookstreams.jobs.pipeline.PipelineSettings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The job as configured; see {@link io.webhookstreams.jobs.JobOptions}.
 *
 * @param reloadFile absolute; empty where the configuration stays as it is
 */
public record JobSettings(
        Path dataDirectory,
        Optional<String> checkpointDirectory,
        Duration checkpointInterval,
        Optional<Duration> idleCheckpointInterval,
        Duration checkpointTimeout,
        Optional<Integer> parallelism,
        String restPorts,
        Optional<MetricsEndpoint> metrics,
        Duration stopTimeout,
        boolean generateMissingSecrets,
        Optional<String> reloadFile,
        Duration reloadInterval,
        PipelineSettings pipeline) {}
