/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.JobSettings;
import io.webhookstreams.jobs.pipeline.Pipeline;
import io.webhookstreams.jobs.pipeline.Uids;

import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Puts the whole job, with the settings that its promise needs, into an environment. */
public final class WebhooksGraph {

    public static final String JOB_NAME = "webhooks";

    /** More than any parallelism here; part of the state's layout, so that it never changes. */
    private static final int MAX_PARALLELISM = 128;

    /** A few checkpoints may fail without a restart; when all do, a restart is worth a try. */
    private static final int TOLERABLE_FAILED_CHECKPOINTS = 10;

    private WebhooksGraph() {}

    /**
     * Adds the job.
     *
     * @throws io.webhookstreams.connector.InvalidSettingsException if the environment's settings do
     *     not keep the promise
     */
    public static void addTo(StreamExecutionEnvironment env, JobDefinition definition) {
        env.configure(environment(definition.settings()));
        Pipeline pipeline = new Pipeline(definition.settings().pipeline());
        DataStream<WebhookDelivery> deliveries =
                definition.source().addTo(env, Uids.SOURCE, pipeline.watermarks());
        pipeline.addTo(deliveries);
    }

    /**
     * Judges the job as a whole, without running it.
     *
     * @throws io.webhookstreams.connector.InvalidSettingsException as {@link #addTo}
     */
    public static void check(JobDefinition definition) {
        Configuration flink = environment(definition.settings());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                definition.settings().dataDirectory().toUri().toString());
        addTo(StreamExecutionEnvironment.getExecutionEnvironment(flink), definition);
    }

    /** The environment's settings; the checkpoints' directory is the caller's to choose. */
    public static Configuration environment(JobSettings settings) {
        Configuration flink = new Configuration();
        flink.set(PipelineOptions.NAME, JOB_NAME);
        flink.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, settings.checkpointInterval());
        settings.idleCheckpointInterval()
                .ifPresent(
                        interval ->
                                flink.set(
                                        CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG,
                                        interval));
        flink.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, settings.checkpointTimeout());
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERABLE_FAILED_CHECKPOINTS);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        settings.parallelism()
                .ifPresent(parallelism -> flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism));
        return flink;
    }
}
