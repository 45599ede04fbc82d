/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;

import org.apache.flink.configuration.Configuration;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;

/**
 * What a source expects of the job's checkpoints; see {@link
 * io.webhookstreams.connector.CheckpointOptions}.
 */
public record CheckpointSettings(
        Duration expectedDuration,
        DeadlineCheck deadlineCheck,
        boolean onDemand,
        Duration idleAfter)
        implements Serializable {

    /** Where nothing is configured. */
    public static CheckpointSettings defaults() {
        return CheckpointReader.read(
                new OptionReader("source.", new Configuration(), new ArrayList<>()));
    }
}
