/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.checkpoint.Tier;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.CheckpointConfig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Compares the job's checkpoints with what the streams' vendors wait for. */
final class DeadlinePlanner {

    private final Duration interval;
    private final Duration pause;
    private final Duration duration;

    DeadlinePlanner(CheckpointConfig checkpoints, CheckpointSettings expected) {
        this(
                Duration.ofMillis(checkpoints.getCheckpointInterval()),
                Duration.ofMillis(checkpoints.getMinPauseBetweenCheckpoints()),
                expected);
    }

    DeadlinePlanner(Duration interval, Duration pause, CheckpointSettings expected) {
        this.interval = interval;
        this.pause = pause;
        this.duration = expected.expectedDuration();
    }

    /** One line, with the numbers, for each stream some of whose deliveries would be late. */
    List<String> late(List<StreamSettings> streams) {
        List<String> late = new ArrayList<>();
        for (StreamSettings stream : streams) {
            DeadlinePlan plan = plan(stream);
            if (stream.tier() == Tier.CHECKPOINT && plan.verdict() != DeadlinePlan.Verdict.KEPT) {
                late.add(line(stream, plan));
            }
        }
        return late;
    }

    /** One line for each stream whose answers its vendor may not wait for. */
    static List<String> afterTheVendor(List<StreamSettings> streams) {
        List<String> lines = new ArrayList<>();
        for (StreamSettings stream : streams) {
            Duration vendor = stream.deadlines().vendor();
            if (vendor != null && vendor.compareTo(stream.answerDeadline()) <= 0) {
                lines.add(
                        "streams.%s.answer-deadline: %d ms is not less than vendor-deadline, which is %d ms: the vendor gives up before it is told that a delivery is late"
                                .formatted(
                                        stream.name(),
                                        stream.answerDeadline().toMillis(),
                                        vendor.toMillis()));
            }
        }
        return lines;
    }

    DeadlinePlan plan(StreamSettings stream) {
        return DeadlinePlan.of(interval, pause, duration, tightest(stream));
    }

    /** The vendor does not wait for an answer that is later than its own deadline. */
    private static Duration tightest(StreamSettings stream) {
        Duration vendor = stream.deadlines().vendor();
        return vendor == null || vendor.compareTo(stream.answerDeadline()) > 0
                ? stream.answerDeadline()
                : vendor;
    }

    private String line(StreamSettings stream, DeadlinePlan plan) {
        boolean answered = plan.deadline().equals(stream.answerDeadline());
        return "%s: %d ms (expected: with source.expected-checkpoint-duration, %d ms,%s less than the %s of stream %s, which is %d ms; as it is, a delivery waits for up to %d ms, and about %d %% of them are %s%s)"
                .formatted(
                        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                        interval.toMillis(),
                        duration.toMillis(),
                        withPause(),
                        answered ? "answer-deadline" : "vendor-deadline",
                        stream.name(),
                        plan.deadline().toMillis(),
                        plan.longestWait().toMillis(),
                        Math.max(1, Math.round(100 * plan.lateShare())),
                        answered ? "answered " + stream.deadlines().status() : "given up by it",
                        stream.deadlines().sentAgain()
                                ? ""
                                : ", which %s does not send again".formatted(stream.auth().type()));
    }

    private String withPause() {
        return pause.isZero()
                ? ""
                : " and %s, %d ms,"
                        .formatted(
                                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS.key(),
                                pause.toMillis());
    }
}
