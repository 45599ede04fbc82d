/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.config.DeadlinePlan.Verdict;

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
            if (stream.tier() != Tier.CHECKPOINT) {
                continue;
            }
            DeadlinePlan plan = plan(stream);
            if (plan.verdict() != Verdict.KEPT) {
                late.add(line(stream, plan));
            } else if (plan.after(putOff(stream)).verdict() != Verdict.KEPT) {
                late.add(putOffLine(stream, plan));
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

    /**
     * The longest that a full queue puts off the reading of a body; its deadline runs meanwhile.
     */
    private static Duration putOff(StreamSettings stream) {
        PolicySettings policy = stream.policy();
        boolean waits = policy.policy() == Policy.QUEUE && policy.maxWaiting() > 0;
        return waits ? policy.maxWait() : Duration.ZERO;
    }

    private String line(StreamSettings stream, DeadlinePlan plan) {
        return "%s: %d ms (expected: with source.expected-checkpoint-duration, %d ms,%s less than the %s of stream %s, which is %d ms; as it is, a delivery waits for up to %d ms, and about %d %% of them are %s)"
                .formatted(
                        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                        interval.toMillis(),
                        duration.toMillis(),
                        withPause(),
                        deadlineOf(stream, plan),
                        stream.name(),
                        plan.deadline().toMillis(),
                        plan.longestWait().toMillis(),
                        percent(plan),
                        fate(stream, plan));
    }

    /** For a stream that keeps its promise, unless its queue is full. */
    private String putOffLine(StreamSettings stream, DeadlinePlan plan) {
        Duration putOff = putOff(stream);
        return "streams.%s.%s: %d ms (expected: with %s, %d ms, and source.expected-checkpoint-duration, %d ms,%s less than the %s, which is %d ms; as it is, a delivery that is put off while the queue is full waits for up to %d ms, and about %d %% of these are %s)"
                .formatted(
                        stream.name(),
                        PolicyOptions.MAX_WAIT.key(),
                        putOff.toMillis(),
                        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(),
                        interval.toMillis(),
                        duration.toMillis(),
                        withPause(),
                        deadlineOf(stream, plan),
                        plan.deadline().toMillis(),
                        plan.longestWait().plus(putOff).toMillis(),
                        percent(plan.after(putOff)),
                        fate(stream, plan));
    }

    private static boolean isAnswered(StreamSettings stream, DeadlinePlan plan) {
        return plan.deadline().equals(stream.answerDeadline());
    }

    private static String deadlineOf(StreamSettings stream, DeadlinePlan plan) {
        return isAnswered(stream, plan) ? "answer-deadline" : "vendor-deadline";
    }

    private static long percent(DeadlinePlan plan) {
        return Math.max(1, Math.round(100 * plan.lateShare()));
    }

    /** What becomes of those that are late. */
    private static String fate(StreamSettings stream, DeadlinePlan plan) {
        DeadlineSettings deadlines = stream.deadlines();
        String fate =
                isAnswered(stream, plan) ? "answered " + deadlines.status() : "given up by it";
        return deadlines.sentAgain()
                ? fate
                : "%s, which %s does not send again".formatted(fate, stream.auth().type());
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
