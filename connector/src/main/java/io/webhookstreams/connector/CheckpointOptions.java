/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;

/** Options of a source that concern the checkpoints its answers wait for; see docs/deadlines.md. */
@PublicEvolving
public final class CheckpointOptions {

    /** What becomes of a job whose checkpoints come too late for a stream's deadline. */
    public enum DeadlineCheck {
        /** It is refused where the source is added to it. */
        FAIL,
        /** A warning is logged. */
        WARN,
        /** Nothing is said. */
        OFF
    }

    public static final ConfigOption<DeadlineCheck> DEADLINE_CHECK =
            ConfigOptions.key("deadline-check")
                    .enumType(DeadlineCheck.class)
                    .defaultValue(DeadlineCheck.FAIL)
                    .withDescription(
                            "What becomes of a job whose checkpoint interval and"
                                    + " `expected-checkpoint-duration` together are not less than a"
                                    + " stream's `answer-deadline`: `fail` refuses it where the"
                                    + " source is added, `warn` logs a warning, `off` says nothing."
                                    + " The message has the numbers.");

    public static final ConfigOption<Duration> EXPECTED_CHECKPOINT_DURATION =
            ConfigOptions.key("expected-checkpoint-duration")
                    .durationType()
                    .defaultValue(Duration.ofMillis(500))
                    .withDescription(
                            "How long a checkpoint of the job takes, from its barrier to its"
                                    + " completion, on a bad day. Only for `deadline-check`; while"
                                    + " the job runs, what is measured counts.");

    public static final ConfigOption<Boolean> ON_DEMAND =
            ConfigOptions.key("cadence.on-demand")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether checkpoints come rarely while no delivery waits for one. Then"
                                    + " the first delivery has the next one come after"
                                    + " `execution.checkpointing.interval`, and without any they"
                                    + " come after `execution.checkpointing.interval-during-backlog`"
                                    + " (`job.idle-checkpoint-interval`), which is required. See"
                                    + " [deadlines](deadlines.md#checkpoints-on-demand).");

    public static final ConfigOption<Duration> IDLE_AFTER =
            ConfigOptions.key("cadence.idle-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "With `cadence.on-demand`: how long no delivery must have come for"
                                    + " checkpoints to become rare.");

    private CheckpointOptions() {}
}
