/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;

import java.nio.file.Path;
import java.time.Duration;

/** What all of our jobs under test ask of Flink, whatever they do. */
final class TestedFlink {

    private static final int CHECKPOINTS_REPORTED = 50;

    static Configuration configuration(Path checkpoints, int restPort) {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        flink.set(RestOptions.BIND_PORT, Integer.toString(restPort));
        flink.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, CHECKPOINTS_REPORTED);
        // What is asked for is what is now, not what was 3 s ago.
        flink.set(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT, Duration.ofMillis(50));
        // The server is halted while others have their turn: with Flink's 50 s, the job would be
        // taken for dead and restarted at the beginning of its own.
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofHours(1));
        return flink;
    }

    private TestedFlink() {}
}
