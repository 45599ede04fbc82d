/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.config.JobSettingsCheck;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.ingest.Intake.Offer;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is said of a job before it starts is what its senders then see: a reader, its checkpoints
 * and its deadlines on a clock that the test moves, and vendors who post all the time.
 */
class DeadlinesAgreeTest {

    private static final Duration STEP = Duration.ofMillis(10);
    private static final Pattern TOLD = Pattern.compile("up to (\\d+) ms, and about (\\d+) %");

    static Stream<Arguments> vendors_and_checkpoints() {
        return Stream.of("stripe", "github", "slack", "shopify")
                .flatMap(
                        vendor ->
                                Stream.of(100, 1_000, 10_000)
                                        .flatMap(
                                                interval ->
                                                        Stream.of(500, 3_000)
                                                                .map(
                                                                        duration ->
                                                                                Arguments.of(
                                                                                        vendor,
                                                                                        interval,
                                                                                        duration))));
    }

    @ParameterizedTest(name = "{0}, a checkpoint of {2} ms every {1} ms")
    @MethodSource("vendors_and_checkpoints")
    void the_planners_verdict_is_what_happens(String vendor, int interval, int duration) {
        SourceSettings source = source(vendor, duration);
        String told = verdict(source, interval);

        Simulation simulation =
                new Simulation(source, Duration.ofMillis(interval), Duration.ofMillis(duration));
        simulation.run();

        Matcher numbers = TOLD.matcher(told);
        if (told.isEmpty()) {
            assertThat(simulation.late()).as("late deliveries").isZero();
        } else {
            assertThat(numbers.find()).as(told).isTrue();
            assertThat(100 * simulation.late())
                    .as(told)
                    .isCloseTo(Double.parseDouble(numbers.group(2)), within(2.0));
            assertThat(simulation.waitsUpTo()).isEqualTo(Long.parseLong(numbers.group(1)));
        }
        Duration patience = Presets.named(vendor).map(Preset::deadline).orElse(null);
        if (patience != null) {
            assertThat(simulation.slowestAnswer()).as("cut by the vendor").isLessThan(patience);
        }
    }

    /** Empty where the job is fine. */
    private static String verdict(SourceSettings source, int interval) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(interval));
        settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///tmp/checkpoints");
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        settings.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        settings.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        try {
            JobSettingsCheck.check(
                    StreamExecutionEnvironment.getExecutionEnvironment(settings), source);
            return "";
        } catch (InvalidSettingsException e) {
            return e.getMessage();
        }
    }

    private static SourceSettings source(String vendor, int duration) {
        Configuration source = new Configuration();
        source.setString("expected-checkpoint-duration", duration + " ms");
        return SettingsResolver.resolve(
                "source",
                new Configuration(),
                source,
                Map.of(
                        "events",
                        Configuration.fromMap(
                                Map.of(
                                        "path", "/in",
                                        "auth.type", vendor,
                                        "auth.secrets", "env:SECRET"))),
                List.of());
    }

    /** A delivery at every step for one period, and checkpoints until all are answered. */
    private static final class Simulation {
        private final ReaderUnderTest test = ReaderUnderTest.withFreshLanes(0);
        private final Deadlines deadlines = Deadlines.turnedByHand(test::nanos, STEP);
        private final Duration deadline;
        private final Duration interval;
        private final Duration duration;
        private final List<Settlement> answers = new ArrayList<>();
        private long slowestNanos;
        private long checkpoint;
        private long completed;
        private long barrierNanos;
        private long sent;
        private boolean underWay;

        Simulation(SourceSettings source, Duration interval, Duration duration) {
            this.deadline = source.streams().get(0).answerDeadline();
            this.interval = interval;
            this.duration = duration;
        }

        void run() {
            barrier();
            long period = Math.max(interval.toNanos(), duration.toNanos());
            long deliveries = period / STEP.toNanos();
            while (answers.size() < deliveries || completed < 2) {
                if (underWay && test.nanos() - barrierNanos >= duration.toNanos()) {
                    underWay = false;
                    completed = checkpoint;
                    test.complete(checkpoint);
                }
                deadlines.turn();
                if (!underWay && test.nanos() - barrierNanos >= interval.toNanos()) {
                    barrier();
                }
                if (sent < deliveries) {
                    post();
                }
                test.advance(STEP);
            }
        }

        private void barrier() {
            test.reader.snapshotState(++checkpoint);
            barrierNanos = test.nanos();
            underWay = true;
        }

        private void post() {
            sent++;
            long now = test.nanos();
            Receipt receipt =
                    new Receipt(
                            sent,
                            (settled, settlement) -> {
                                answers.add(settlement);
                                slowestNanos = Math.max(slowestNanos, test.nanos() - now);
                            });
            assertThat(test.intake().offer(0, Deliveries.draft("x"), Tier.CHECKPOINT, receipt))
                    .isEqualTo(Offer.ACCEPTED);
            deadlines.schedule(receipt, now + deadline.toNanos());
        }

        double late() {
            long late = answers.stream().filter(s -> s == Settlement.EXPIRED).count();
            return (double) late / answers.size();
        }

        Duration slowestAnswer() {
            return Duration.ofNanos(slowestNanos);
        }

        /** As the reader has measured it. */
        long waitsUpTo() {
            return Duration.ofNanos(test.intake().nanosToDurable()).toMillis();
        }
    }
}
