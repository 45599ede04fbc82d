/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.TestStreams;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.admission.DrainSwitch;
import io.webhookstreams.connector.admission.RetryAfter;
import io.webhookstreams.connector.admission.UnverifiedRequests;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The path of a request without a server: one stream, {@code orders}, and one thread, the test's.
 */
final class TestPath {

    private static final long MIB = 1 << 20;

    final ByteBudget held = new ByteBudget("held", 4 * MIB);
    final FakeIntake intake = new FakeIntake();
    final UnverifiedRequests unverified;
    final PausedReads pausedReads;
    final IngestPath ingest;
    private final Registrations registrations;
    private long version = 1;

    TestPath(LongSupplier nanoClock) {
        this(nanoClock, Runnable::run, options -> {});
    }

    /**
     * @param orders more options of the stream
     */
    TestPath(LongSupplier nanoClock, Consumer<Configuration> orders) {
        this(nanoClock, Runnable::run, orders);
    }

    /**
     * @param threads on which reading goes on where it was put off
     * @param orders more options of the stream
     */
    TestPath(LongSupplier nanoClock, Executor threads, Consumer<Configuration> orders) {
        ListenerMetrics metrics = new ListenerMetrics(held, held, () -> 0);
        WeightedBudget shares = new WeightedBudget(held);
        unverified = new UnverifiedRequests(new ByteBudget("unverified", MIB), metrics, nanoClock);
        pausedReads = new PausedReads(nanoClock, threads);
        registrations =
                new Registrations(
                        new LocalSecrets(Path.of(""), name -> null),
                        metrics,
                        shares,
                        InstantSource.system(),
                        nanoClock);
        ingest =
                new IngestPath(
                        registrations,
                        new Admission(unverified, held, shares, new DrainSwitch()),
                        pausedReads,
                        new Problems(new RetryAfter(Random::new)),
                        metrics,
                        new Timing(
                                nanoClock,
                                Deadlines.turnedByHand(nanoClock, Duration.ofMillis(10))),
                        Runnable::run,
                        UUID::randomUUID);
        IngestServer.Handle unused =
                registrations.register(
                        new Registration(
                                source(orders),
                                version,
                                0,
                                1,
                                intake,
                                InternalSourceReaderMetricGroup.mock(
                                        UnregisteredMetricGroups
                                                .createUnregisteredTaskMetricGroup())));
    }

    /** The stream has these options from now on. */
    void reload(Consumer<Configuration> options) {
        registrations.want(source(options), ++version);
        registrations.applyWanted();
    }

    private static SourceSettings source(Consumer<Configuration> options) {
        return new TestStreams().with("orders", options).source();
    }
}
