/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.files.OneWriterFileSink;

import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.DefaultRollingPolicy;

import java.time.Duration;

/**
 * The job's destinations: folders of JSON lines, each line exactly once. A file grows under a
 * hidden name, rolls by size and age and after a restore, never per checkpoint, and gets its name
 * when the checkpoint that contains its end completes.
 *
 * @param rollInterval a file is closed at this age
 * @param rollSize a file is closed at this size
 */
record FileSinks(String outputDirectory, Duration rollInterval, MemorySize rollSize) {

    private static final Duration SHORTEST_CHECK = Duration.ofMillis(100);

    OneWriterFileSink<WebhookDelivery> events(EventTime eventTime) {
        return sink(
                "events",
                new EventLines(eventTime),
                new StreamAndDay<>(
                        WebhookDelivery::stream, event -> event.receivedAt().toEpochMilli()));
    }

    /** Per day of the window's start: a count has no time of receipt. */
    OneWriterFileSink<WindowCount> counts() {
        return sink(
                "counts",
                new CountLines(),
                new StreamAndDay<>(count -> count.key().stream(), count -> count.window().start()));
    }

    OneWriterFileSink<LateEvent> late() {
        return sink(
                "late",
                new LateLines(),
                new StreamAndDay<>(
                        late -> late.event().stream(), late -> late.event().receivedAt()));
    }

    OneWriterFileSink<DeadLetter> deadLetters() {
        return sink(
                "dead-letters",
                new DeadLetterLines(),
                new StreamAndDay<>(
                        letter -> letter.delivery().stream(),
                        letter -> letter.delivery().receivedAt().toEpochMilli()));
    }

    OneWriterFileSink<WebhookDelivery> shed() {
        return sink(
                "shed",
                new ShedLines(),
                new StreamAndDay<>(
                        WebhookDelivery::stream, shed -> shed.receivedAt().toEpochMilli()));
    }

    private <T> OneWriterFileSink<T> sink(String name, Encoder<T> encoder, StreamAndDay<T> folder) {
        return new OneWriterFileSink<>(
                new Path(outputDirectory, name),
                encoder,
                folder,
                DefaultRollingPolicy.builder()
                        .withRolloverInterval(rollInterval)
                        .withInactivityInterval(rollInterval)
                        .withMaxPartSize(rollSize)
                        .build(),
                checkInterval(),
                OutputFileConfig.builder().withPartPrefix(name).withPartSuffix(".jsonl").build());
    }

    private Duration checkInterval() {
        Duration tenth = rollInterval.dividedBy(10);
        return tenth.compareTo(SHORTEST_CHECK) < 0 ? SHORTEST_CHECK : tenth;
    }
}
