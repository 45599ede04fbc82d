/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;

import org.slf4j.Logger;

import java.util.List;
import java.util.stream.Stream;

import javax.annotation.Nullable;

/**
 * What is said of streams whose options are good, one line each: where the source is added to a
 * job, and when a reload brings others.
 *
 * @param warnings what they lose by their own configuration, and, with {@code deadline-check:
 *     warn}, deadlines that the job's checkpoints do not fit
 * @param cautions what works and deserves a second thought
 */
public record Remarks(List<String> warnings, List<String> cautions) {

    /**
     * @param planner null where the job's checkpoints are not known
     */
    static Remarks of(
            List<StreamSettings> streams,
            CheckpointSettings expected,
            @Nullable DeadlinePlanner planner) {
        boolean judged = planner != null && expected.deadlineCheck() == DeadlineCheck.WARN;
        List<String> late = judged ? planner.late(streams) : List.of();
        return new Remarks(
                Stream.concat(late.stream(), LossWarnings.of(streams).stream()).toList(),
                Cautions.of(streams));
    }

    /** Warnings at WARN, cautions at INFO. */
    public void logTo(Logger log) {
        warnings.forEach(log::warn);
        cautions.forEach(log::info);
    }
}
