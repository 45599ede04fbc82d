/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.jobs.config.IngestUrl;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.embedded.DataDirectory;
import io.webhookstreams.jobs.embedded.EmbeddedFlink;
import io.webhookstreams.jobs.embedded.FreePort;
import io.webhookstreams.jobs.embedded.ResumePoint;
import io.webhookstreams.jobs.embedded.Signals;
import io.webhookstreams.jobs.embedded.StateDirectory;

import org.apache.flink.configuration.Configuration;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the job on an embedded Flink until Ctrl-C. Whatever ends it, the next run resumes where this
 * one was durable: nothing that was answered is lost.
 */
@Command(
        name = "run",
        description = {
            "Runs the job on an embedded Flink and prints every stream's ingest URL. Resumes from"
                    + " the newest complete checkpoint or savepoint in the data directory. Ctrl-C stops"
                    + " with a savepoint; a second one stops at once, and still nothing that was"
                    + " answered is lost."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin private ConfigFile config;
    @Spec private CommandSpec spec;

    @Option(
            names = "--from-scratch",
            description =
                    "Begin without a past: what earlier runs held and did not write is left behind,"
                            + " and events are no longer known as duplicates.")
    private boolean fromScratch;

    private final CompletableFuture<Void> stopRequest = new CompletableFuture<>();

    @Override
    public Integer call() throws Exception {
        JobDefinition definition = JobDefinition.load(config.path());
        PrintWriter out = spec.commandLine().getOut();
        try (DataDirectory data = DataDirectory.open(definition.settings().dataDirectory())) {
            RunLog.writeTo(data.logs());
            LocalSecretCheck secrets = new LocalSecretCheck(definition, InstantSource.system());
            for (Path created : secrets.generateMissing(new SecretFiles(new SecureRandom()))) {
                out.println("created " + created);
            }
            secrets.requireAll();
            definition.source().cautions().forEach(caution -> out.println("note: " + caution));
            Signals.onTermination(this::requestStop);
            return run(withChosenPorts(definition), data, out);
        }
    }

    private int run(JobDefinition definition, DataDirectory data, PrintWriter out)
            throws Exception {
        StateDirectory state = fromScratch ? data.newState() : data.currentState();
        Optional<ResumePoint> resumePoint = state.newest();
        out.println(
                resumePoint
                        .map(point -> "resuming from " + point.directory())
                        .orElse("starting without a past"));
        out.flush();
        Path ingestUrl = DataDirectory.ingestUrlFile(definition.settings().dataDirectory());
        Files.deleteIfExists(ingestUrl);
        try (EmbeddedFlink flink =
                EmbeddedFlink.start(definition, state, data.emptyTemporary(), resumePoint)) {
            RunningJob job = new RunningJob(flink, stopRequest, out);
            if (job.awaitReady(probe(definition))) {
                announce(definition, flink, ingestUrl, out);
            }
            return job.awaitEnd(definition.settings().stopTimeout());
        } finally {
            Files.deleteIfExists(ingestUrl);
            out.flush();
        }
    }

    private static void announce(
            JobDefinition definition, EmbeddedFlink flink, Path ingestUrl, PrintWriter out)
            throws Exception {
        Configuration listener = definition.listener();
        int port = IngestUrl.firstPort(listener);
        Files.writeString(ingestUrl, IngestUrl.local(listener, port) + "\n");
        Announcement.print(
                out, definition, IngestUrl.base(listener, port), flink.webUi(), flink.metrics());
    }

    private static JobDefinition withChosenPorts(JobDefinition definition) throws IOException {
        Configuration listener = definition.file().listener();
        Configuration chosen = new Configuration();
        chosen.set(
                ListenerOptions.PORT,
                freePort(
                        listener.get(ListenerOptions.ADDRESS), listener.get(ListenerOptions.PORT)));
        chosen.set(
                ListenerOptions.HEALTH_PORT,
                freePort(
                        listener.get(ListenerOptions.HEALTH_ADDRESS),
                        listener.get(ListenerOptions.HEALTH_PORT)));
        return definition.withListener(chosen);
    }

    private static String freePort(String address, String ports) throws IOException {
        return Integer.toString(FreePort.firstOf(address, ports));
    }

    private static ReadyProbe probe(JobDefinition definition) {
        Configuration listener = definition.listener();
        return new ReadyProbe(
                listener.get(ListenerOptions.HEALTH_ADDRESS),
                Integer.parseInt(listener.get(ListenerOptions.HEALTH_PORT)));
    }

    private void requestStop() {
        if (!stopRequest.complete(null)) {
            Runtime.getRuntime().halt(ExitCode.FAILED);
        }
    }
}
