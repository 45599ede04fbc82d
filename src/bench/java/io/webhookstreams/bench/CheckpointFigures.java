/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What Flink's REST interface says of the newest completed checkpoints.
 *
 * @param durationMillis median from trigger to completion; NaN where there is none
 * @param bytesPerSecond what they wrote, over the time they cover; NaN where there are fewer than
 *     two
 */
record CheckpointFigures(double durationMillis, double bytesPerSecond) {

    static final CheckpointFigures NONE = new CheckpointFigures(Double.NaN, Double.NaN);

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Between the newest checkpoints; a few, so that little time passes before they tell. */
    private static final int DISTANCES = 5;

    static String firstJob(String jobs) throws IOException {
        return JSON.readTree(jobs).path("jobs").path(0).path("id").asText();
    }

    /** How many have completed since the job started. */
    static long completed(String checkpoints) throws IOException {
        return JSON.readTree(checkpoints).path("counts").path("completed").asLong();
    }

    /** The configured interval in milliseconds. */
    static long interval(String configuration) throws IOException {
        return JSON.readTree(configuration).path("interval").asLong();
    }

    /**
     * Whether the newest checkpoints were triggered at the interval, by the median of their
     * distances. False where there are too few to tell.
     */
    static boolean isRegular(String checkpoints, long intervalMillis) throws IOException {
        List<Long> triggers = new ArrayList<>();
        for (JsonNode checkpoint : JSON.readTree(checkpoints).path("history")) {
            triggers.add(checkpoint.path("trigger_timestamp").asLong());
        }
        triggers.sort(Comparator.reverseOrder());
        if (triggers.size() <= DISTANCES) {
            return false;
        }
        List<Double> distances = new ArrayList<>();
        for (int i = 0; i < DISTANCES; i++) {
            distances.add((double) (triggers.get(i) - triggers.get(i + 1)));
        }
        return new Samples(distances).median() >= intervalMillis / 2.0;
    }

    static CheckpointFigures parse(String checkpoints) throws IOException {
        List<Double> durations = new ArrayList<>();
        long bytes = 0;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (JsonNode checkpoint : JSON.readTree(checkpoints).path("history")) {
            if (checkpoint.path("status").asText().equals("COMPLETED")) {
                durations.add(checkpoint.path("end_to_end_duration").asDouble());
                bytes += checkpoint.path("checkpointed_size").asLong();
                long trigger = checkpoint.path("trigger_timestamp").asLong();
                first = Math.min(first, trigger);
                last = Math.max(last, trigger);
            }
        }
        if (durations.size() < 2 || last == first) {
            return NONE;
        }
        // The time that they cover has one interval less than there are checkpoints.
        double perCheckpoint = bytes / (double) durations.size();
        double perMilli = perCheckpoint * (durations.size() - 1) / (last - first);
        return new CheckpointFigures(new Samples(durations).median(), perMilli * 1000);
    }
}
