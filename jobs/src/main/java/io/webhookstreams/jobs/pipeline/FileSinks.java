/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

import java.time.Duration;

/**
 * The job's destinations: folders of JSON lines, each line exactly once. A file grows under a
 * hidden name, rolls by size and age, never per checkpoint, and gets its name when the checkpoint
 * that contains its end completes.
 *
 * @param rollInterval a file is closed at this age
 * @param rollSize a file is closed at this size
 */
record FileSinks(String outputDirectory, Duration rollInterval, MemorySize rollSize) {

    private static final Duration SHORTEST_CHECK = Duration.ofMillis(100);

    FileSink<WebhookDelivery> events(EventTime eventTime) {
        return sink(
                "events",
                new EventLines(eventTime),
                new StreamAndDay<>(
                        WebhookDelivery::stream, event -> event.receivedAt().toEpochMilli()));
    }

    /** Per day of the window's start: a count has no time of receipt. */
    FileSink<WindowCount> counts() {
        return sink(
                "counts",
                new CountLines(),
                new StreamAndDay<>(count -> count.key().stream(), count -> count.window().start()));
    }

    FileSink<LateEvent> late() {
        return sink(
                "late",
                new LateLines(),
                new StreamAndDay<>(
                        late -> late.event().stream(), late -> late.event().receivedAt()));
    }

    FileSink<DeadLetter> deadLetters() {
        return sink(
                "dead-letters",
                new DeadLetterLines(),
                new StreamAndDay<>(
                        letter -> letter.delivery().stream(),
                        letter -> letter.delivery().receivedAt().toEpochMilli()));
    }

    private <T> FileSink<T> sink(String name, Encoder<T> encoder, StreamAndDay<T> folder) {
        return FileSink.forRowFormat(new Path(outputDirectory, name), encoder)
                .withBucketAssigner(folder)
                .withRollingPolicy(
                        DefaultRollingPolicy.builder()
                                .withRolloverInterval(rollInterval)
                                .withInactivityInterval(rollInterval)
                                .withMaxPartSize(rollSize)
                                .build())
                .withBucketCheckInterval(checkInterval().toMillis())
                .withOutputFileConfig(
                        OutputFileConfig.builder()
                                .withPartPrefix(name)
                                .withPartSuffix(".jsonl")
                                .build())
                .build();
    }

    private Duration checkInterval() {
        Duration tenth = rollInterval.dividedBy(10);
        return tenth.compareTo(SHORTEST_CHECK) < 0 ? SHORTEST_CHECK : tenth;
    }
}
