/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import com.fasterxml.uuid.Generators;

import io.webhookstreams.auth.SecretResolver;
import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Deadlines;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.admission.DrainSwitch;
import io.webhookstreams.connector.admission.OpenRequests;
import io.webhookstreams.connector.admission.RetryAfter;
import io.webhookstreams.connector.admission.UnverifiedRequests;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.ingest.IngestPath;
import io.webhookstreams.connector.ingest.PausedReads;
import io.webhookstreams.connector.ingest.Problems;
import io.webhookstreams.connector.ingest.Registrations;
import io.webhookstreams.connector.ingest.Timing;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Everything of a server that is not Jetty, wired; real clocks and randomness come in here. */
final class ServerParts {

    private static final Duration DEADLINE_TICK = Duration.ofMillis(10);

    final InstantSource clock = InstantSource.system();
    final Supplier<UUID> ids = Generators.timeBasedEpochGenerator()::generate;
    final SecretResolver secrets;
    final RetryAfter retryAfter = new RetryAfter(ThreadLocalRandom::current);
    final OpenRequests open = new OpenRequests();
    final ListenerMetrics metrics;
    final Admission admission;
    final Registrations registrations;
    final PausedReads pausedReads;
    final Deadlines deadlines;
    final IngestPath path;

    ServerParts(
            ListenerSettings settings,
            SecretResolver secrets,
            Executor settlers,
            ThreadFactory threads) {
        this.secrets = secrets;
        ByteBudget unverified =
                new ByteBudget("unverified.max-bytes", settings.unverifiedMaxBytes());
        ByteBudget held = new ByteBudget("held.max-bytes", settings.heldMaxBytes());
        metrics = new ListenerMetrics(unverified, held, open::now);
        admission =
                new Admission(
                        new UnverifiedRequests(unverified, metrics, System::nanoTime),
                        held,
                        new WeightedBudget(held),
                        new DrainSwitch());
        registrations =
                new Registrations(
                        secrets, metrics, admission.heldShares(), clock, System::nanoTime);
        pausedReads = new PausedReads(System::nanoTime, settlers);
        deadlines = new Deadlines(System::nanoTime, DEADLINE_TICK, threads);
        path =
                new IngestPath(
                        registrations,
                        admission,
                        pausedReads,
                        new Problems(retryAfter),
                        metrics,
                        new Timing(System::nanoTime, deadlines),
                        settlers,
                        ids);
    }
}
