/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import io.webhookstreams.jobs.config.JobSettings;
import io.webhookstreams.jobs.pipeline.PipelineSettings;
import io.webhookstreams.jobs.pipeline.WindowSettings;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;

import org.apache.flink.configuration.MemorySize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Settings of a job in a test, and what its files say. */
public final class TestJob {

    private TestJob() {}

    public static JobSettings settings(Path data) {
        return new JobSettings(
                data,
                Optional.empty(),
                Duration.ofMillis(100),
                Optional.empty(),
                Duration.ofMinutes(1),
                Optional.empty(),
                "0",
                Optional.empty(),
                Duration.ofSeconds(30),
                false,
                Optional.empty(),
                Duration.ofSeconds(5),
                new PipelineSettings(
                        Duration.ofDays(7),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        new WindowSettings(
                                Duration.ofMinutes(1),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30)),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        data.resolve("output").toString(),
                        Duration.ofMillis(200),
                        MemorySize.ofMebiBytes(1)));
    }

    /** Every line of the finished files below a folder of the output; empty if there is none. */
    public static List<String> lines(Path folder) {
        try {
            return new SinkFiles(folder).finished().stream().flatMap(TestJob::linesOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
