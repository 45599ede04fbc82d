/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.connector.config.JobSettingsCheck;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.reader.SimulatedVendor.Attempt;
import io.webhookstreams.connector.reader.SimulatedVendor.Outcome;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is said of a job before it starts is what its senders then see: a reader, its checkpoints
 * and its deadlines on a clock that the test moves, and vendors who post all the time, wait as long
 * as they do, and send again as they do.
 */
class DeadlinesAgreeTest {

    private static final Duration STEP = Duration.ofMillis(10);
    private static final Pattern TOLD = Pattern.compile("up to (\\d+) ms, and about (\\d+) %");

    /** Longer than each of these vendors waits. */
    private static final String TOO_PATIENT = "12 s";

    static List<Arguments> vendors_and_checkpoints() {
        List<Arguments> all = new ArrayList<>();
        for (String vendor : List.of("stripe", "github", "slack", "shopify")) {
            for (int interval : List.of(100, 1_000, 10_000)) {
                for (int duration : List.of(500, 3_000)) {
                    all.add(Arguments.of(vendor, interval, duration));
                }
            }
        }
        return all;
    }

    static List<Arguments> vendors_whose_deadline_is_known_and_checkpoints() {
        return vendors_and_checkpoints().stream()
                .filter(arguments -> !arguments.get()[0].equals("stripe"))
                .toList();
    }

    @ParameterizedTest(name = "{0}, a checkpoint of {2} ms every {1} ms")
    @MethodSource("vendors_and_checkpoints")
    void the_planners_verdict_is_what_the_vendor_sees(String vendor, int interval, int duration) {
        SourceSettings source = source(vendor, duration, Map.of());
        Simulation simulation = new Simulation(source, interval, duration);
        simulation.run();

        simulation.compareWith(verdict(source, interval), Outcome.REFUSED);
        assertThat(simulation.vendor.journal())
                .as("answered before its vendor leaves")
                .extracting(Attempt::took)
                .allMatch(took -> took.compareTo(simulation.rules.deadline()) < 0);
    }

    @ParameterizedTest(name = "{0}, a checkpoint of {2} ms every {1} ms")
    @MethodSource("vendors_whose_deadline_is_known_and_checkpoints")
    void where_the_answer_would_come_later_the_verdict_is_by_the_vendors_own_deadline(
            String vendor, int interval, int duration) {
        SourceSettings source = source(vendor, duration, Map.of("answer-deadline", TOO_PATIENT));
        Simulation simulation = new Simulation(source, interval, duration);
        simulation.run();

        simulation.compareWith(verdict(source, interval), Outcome.CUT);
    }

    static List<Arguments> vendors_and_queues() {
        List<Arguments> all = new ArrayList<>();
        for (String vendor : List.of("stripe", "github", "slack", "shopify")) {
            for (int interval : List.of(100, 1_000)) {
                for (int beyond : List.of(-200, 200)) {
                    all.add(Arguments.of(vendor, interval, beyond));
                }
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0}, a checkpoint every {1} ms, {2} ms beyond the deadline")
    @MethodSource("vendors_and_queues")
    void the_time_for_which_reading_is_put_off_is_part_of_the_verdict(
            String vendor, int interval, int beyond) {
        int duration = 500;
        Duration deadline = source(vendor, duration, Map.of()).streams().get(0).answerDeadline();
        Duration longest = Duration.ofMillis(Math.max(interval, duration) + duration);
        Duration putOff = deadline.minus(longest).plusMillis(beyond);
        SourceSettings source =
                source(vendor, duration, Map.of("queue.max-wait", putOff.toMillis() + " ms"));
        String told = verdict(source, interval);

        Simulation simulation = new Simulation(source, interval, duration, putOff);
        simulation.run();

        assertThat(told.isEmpty()).as(told).isEqualTo(beyond < 0);
        simulation.compareWith(told, Outcome.REFUSED);
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

    private static SourceSettings source(String vendor, int duration, Map<String, String> more) {
        Configuration source = new Configuration();
        source.setString("expected-checkpoint-duration", duration + " ms");
        Map<String, String> stream = new HashMap<>(more);
        stream.put("path", "/in");
        stream.put("auth.type", vendor);
        stream.put("auth.secrets", "env:SECRET");
        return SettingsResolver.resolve(
                "source",
                new Configuration(),
                source,
                Map.of("events", Configuration.fromMap(stream)),
                List.of());
    }

    /** An event at every step for one period, and checkpoints until the vendor is done with all. */
    private static final class Simulation {
        private final ReaderUnderTest test = ReaderUnderTest.rememberingAll(0);
        private final Deadlines deadlines = Deadlines.turnedByHand(test::nanos, STEP);
        private final String name;
        private final VendorRules rules;
        private final SimulatedVendor vendor;
        private final Duration interval;
        private final Duration duration;
        private final Duration putOff;
        private long checkpoint;
        private long completed;
        private long barrierNanos;
        private boolean underWay;

        Simulation(SourceSettings source, int interval, int duration) {
            this(source, interval, duration, Duration.ZERO);
        }

        Simulation(SourceSettings source, int interval, int duration, Duration putOff) {
            this.putOff = putOff;
            this.name = source.streams().get(0).auth().type();
            this.rules = VendorRules.of(name);
            this.vendor =
                    new SimulatedVendor(
                            test,
                            deadlines,
                            rules,
                            source.streams().get(0).answerDeadline(),
                            putOff,
                            Presets.named(name).map(Preset::bodyMayChangeOnRetry).orElseThrow());
            this.interval = Duration.ofMillis(interval);
            this.duration = Duration.ofMillis(duration);
        }

        void run() {
            barrier();
            long period = Math.max(interval.toNanos(), duration.toNanos());
            long events = period / STEP.toNanos();
            for (long sent = 0; sent < events || !vendor.isDone() || completed < 2; sent++) {
                if (underWay && test.nanos() - barrierNanos >= duration.toNanos()) {
                    underWay = false;
                    completed = checkpoint;
                    test.complete(checkpoint);
                }
                deadlines.turn();
                if (!underWay && test.nanos() - barrierNanos >= interval.toNanos()) {
                    barrier();
                }
                vendor.step();
                if (sent < events) {
                    vendor.post();
                }
                test.advance(STEP);
            }
        }

        private void barrier() {
            test.reader.snapshotState(++checkpoint);
            barrierNanos = test.nanos();
            underWay = true;
        }

        /**
         * @param told what was said before the start; empty if nothing was
         * @param failure how the vendor sees that a delivery is late
         */
        void compareWith(String told, Outcome failure) {
            List<Attempt> first = vendor.journal().stream().filter(Attempt::isFirst).toList();
            Set<Integer> late = eventsOf(first.stream().filter(a -> !isAccepted(a)).toList());
            if (told.isEmpty()) {
                assertThat(late).as("late deliveries").isEmpty();
            } else {
                Matcher numbers = TOLD.matcher(told);
                assertThat(numbers.find()).as(told).isTrue();
                assertThat(waitsUpTo()).isEqualTo(Long.parseLong(numbers.group(1)));
                assertThat(100.0 * late.size() / first.size())
                        .as(told)
                        .isCloseTo(Double.parseDouble(numbers.group(2)), within(2.0));
            }
            assertThat(first).extracting(Attempt::outcome).isSubsetOf(Outcome.ACCEPTED, failure);
            boolean forGood = told.contains("which " + name + " does not send again");
            assertThat(notAccepted()).as(told).isEqualTo(forGood ? late : Set.of());
        }

        private Set<Integer> notAccepted() {
            Set<Integer> events = eventsOf(vendor.journal());
            events.removeAll(
                    eventsOf(vendor.journal().stream().filter(Simulation::isAccepted).toList()));
            return events;
        }

        private static boolean isAccepted(Attempt attempt) {
            return attempt.outcome() == Outcome.ACCEPTED;
        }

        private static Set<Integer> eventsOf(List<Attempt> attempts) {
            return attempts.stream()
                    .map(Attempt::event)
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        /** As the reader has measured it, for what was put off. */
        long waitsUpTo() {
            return Duration.ofNanos(test.intake().nanosToDurable()).plus(putOff).toMillis();
        }
    }
}
