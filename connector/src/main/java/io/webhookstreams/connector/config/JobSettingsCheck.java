/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;
import io.webhookstreams.connector.InvalidSettingsException;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The job's settings without which a 2xx would promise nothing. A reader cannot see them (its
 * context shows the cluster's configuration), so they are checked where the source is added to the
 * job. Client thread.
 */
public final class JobSettingsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(JobSettingsCheck.class);

    /**
     * Checks the environment's settings against what the source promises.
     *
     * @throws InvalidSettingsException with every problem
     */
    public static void check(StreamExecutionEnvironment env, SourceSettings source) {
        List<String> problems = problems(env, source);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        Remarks.of(
                        source.streams(),
                        source.checkpoints(),
                        new DeadlinePlanner(env.getCheckpointConfig(), source.checkpoints()))
                .logTo(LOG);
        onTheCluster(env.getConfiguration()).forEach(LOG::warn);
        if (!hasHighAvailability(env.getConfiguration())) {
            LOG.info(
                    "high-availability.type: NONE. A JobManager that is lost takes the job with it;"
                            + " what was answered is safe once the job is started again from its newest"
                            + " retained checkpoint.");
        }
    }

    /**
     * What is wrong with settings that the cluster's configuration decides, as far as the client's
     * is the same.
     */
    static List<String> onTheCluster(ReadableConfig configuration) {
        int retained = configuration.get(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS);
        if (!hasHighAvailability(configuration) || retained > 1) {
            return List.of();
        }
        return List.of(
                problem(
                        CheckpointingOptions.MAX_RETAINED_CHECKPOINTS.key(),
                        retained,
                        "in the cluster's configuration at least 2, with high availability: a"
                                + " JobManager that was given up and still lives may complete one more"
                                + " checkpoint, and delete for it the one that its successor is"
                                + " restoring"));
    }

    private static boolean hasHighAvailability(ReadableConfig configuration) {
        return !configuration.get(HighAvailabilityOptions.HA_MODE).equalsIgnoreCase("none");
    }

    static List<String> problems(StreamExecutionEnvironment env, SourceSettings source) {
        CheckpointConfig checkpoints = env.getCheckpointConfig();
        if (!checkpoints.isCheckpointingEnabled()) {
            return List.of(
                    problem(
                            CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                            "not set",
                            "an interval that fits the tightest answer-deadline: without"
                                    + " checkpoints nothing is ever answered 2xx"));
        }
        List<String> problems = new ArrayList<>();
        if (source.checkpoints().deadlineCheck() == DeadlineCheck.FAIL) {
            problems.addAll(lateStreams(checkpoints, source));
        }
        if (source.checkpoints().onDemand()) {
            idleIntervalIsLonger(env.getConfiguration(), checkpoints).ifPresent(problems::add);
        }
        storageIsDurable(env.getConfiguration()).ifPresent(problems::add);
        if (checkpoints.getCheckpointingConsistencyMode() != CheckpointingMode.EXACTLY_ONCE) {
            problems.add(
                    problem(
                            CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE.key(),
                            checkpoints.getCheckpointingConsistencyMode(),
                            "EXACTLY_ONCE"));
        }
        if (checkpoints.getExternalizedCheckpointRetention()
                != ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION) {
            problems.add(
                    problem(
                            CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION.key(),
                            checkpoints.getExternalizedCheckpointRetention(),
                            "RETAIN_ON_CANCELLATION: otherwise cancelling or failing deletes what"
                                    + " was answered"));
        }
        if (!checkpoints.isUnalignedCheckpointsEnabled()) {
            problems.add(
                    problem(
                            CheckpointingOptions.ENABLE_UNALIGNED.key(),
                            "false",
                            "true: aligned barriers wait for downstream, and so would every"
                                    + " answer"));
        }
        if (checkpoints.getTolerableCheckpointFailureNumber() < 1) {
            problems.add(
                    problem(
                            CheckpointingOptions.TOLERABLE_FAILURE_NUMBER.key(),
                            checkpoints.getTolerableCheckpointFailureNumber(),
                            "at least 1: one failed checkpoint must not restart the job"));
        }
        return problems;
    }

    private static List<String> lateStreams(CheckpointConfig checkpoints, SourceSettings source) {
        return new DeadlinePlanner(checkpoints, source.checkpoints()).late(source.streams());
    }

    private static Optional<String> idleIntervalIsLonger(
            ReadableConfig configuration, CheckpointConfig checkpoints) {
        Duration idle =
                configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG);
        long interval = checkpoints.getCheckpointInterval();
        // Flink takes 0 for never: what was emitted last would not be committed by a sink.
        if (idle != null && idle.toMillis() > interval) {
            return Optional.empty();
        }
        return Optional.of(
                problem(
                        CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG.key(),
                        idle == null ? "not set" : idle.toMillis() + " ms",
                        "more than execution.checkpointing.interval, which is %d ms, since source.cadence.on-demand is true"
                                .formatted(interval)));
    }

    private static Optional<String> storageIsDurable(ReadableConfig configuration) {
        String storage = configuration.get(CheckpointingOptions.CHECKPOINT_STORAGE);
        if ("jobmanager".equalsIgnoreCase(storage)) {
            return Optional.of(
                    problem(
                            CheckpointingOptions.CHECKPOINT_STORAGE.key(),
                            storage,
                            "filesystem: the JobManager's heap is not durable"));
        }
        if (configuration.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY).isEmpty()) {
            return Optional.of(
                    problem(
                            CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
                            "not set",
                            "a durable directory: Flink's default storage is the JobManager's"
                                    + " heap"));
        }
        return Optional.empty();
    }

    private static String problem(String key, Object value, String expectation) {
        return "%s: %s (expected: %s)".formatted(key, value, expectation);
    }

    private JobSettingsCheck() {}
}
