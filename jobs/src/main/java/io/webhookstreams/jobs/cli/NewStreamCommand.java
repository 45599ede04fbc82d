/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.Preset;
import io.webhookstreams.auth.Presets;
import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.config.IngestUrl;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.NewStream;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Adds a stream with a path and a secret that nobody guesses. */
@Command(
        name = "new-stream",
        description = {
            "Adds a stream to a configuration, with an unguessable path and a fresh secret file,"
                    + " and prints its ingest URL. A job that runs takes it when it is started again."
        },
        mixinStandardHelpOptions = true)
final class NewStreamCommand implements Callable<Integer> {

    @Mixin private ConfigFile config;
    @Spec private CommandSpec spec;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Its name.")
    private String name;

    @Option(
            names = "--auth",
            defaultValue = AuthSchemes.BEARER,
            paramLabel = "TYPE",
            description = "Its auth.type. Default: ${DEFAULT-VALUE}.")
    private String authType;

    @Option(
            names = "--event-id",
            paramLabel = "WHERE",
            description =
                    "Its event-id. Default: the preset's; body-digest for bearer, mtls and none. Required"
                            + " where the preset knows none.")
    private Optional<String> eventId;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description =
                    "For mtls: an entry of its auth.clients, such as dns:orders.example.com; any"
                            + " number of times, at least once.")
    private List<String> clients = List.of();

    private final SecretFiles secrets = new SecretFiles(new SecureRandom());

    @Override
    public Integer call() throws Exception {
        boolean hasSecret = SecretFiles.hasSecret(authType);
        requireSound();
        String reference = "secrets/" + name;
        NewStream stream =
                new NewStream(
                        name,
                        "/in/" + name + "/" + secrets.unguessable(),
                        authType,
                        hasSecret ? Optional.of("file:" + reference) : Optional.empty(),
                        clients,
                        eventId.or(this::defaultEventId));
        PrintWriter out = spec.commandLine().getOut();
        if (hasSecret) {
            Path secretFile = config.path().toAbsolutePath().resolveSibling(reference);
            addWithSecret(stream, secretFile);
            out.println("secret: " + secretFile);
        } else {
            stream.addTo(config.path());
        }
        out.println("url:    " + url(stream));
        return ExitCode.OK;
    }

    /** The secret first: a configuration never names one that is not there. */
    private void addWithSecret(NewStream stream, Path secretFile) throws IOException {
        secrets.create(secretFile, authType);
        try {
            stream.addTo(config.path());
        } catch (IOException | RuntimeException e) {
            Files.delete(secretFile);
            throw e;
        }
    }

    private String url(NewStream stream) throws IOException {
        Configuration listener = JobDefinition.load(config.path()).file().listener();
        return IngestUrl.base(listener, IngestUrl.firstPort(listener)) + stream.path();
    }

    private void requireSound() {
        List<String> problems = new ArrayList<>();
        if (!SecretFiles.canMake(authType)) {
            problems.add(
                    "--auth: %s (expected: a type whose secret can be made here and that needs no more; add the stream to the file by hand)"
                            .formatted(authType));
        }
        if (eventId.isEmpty() && Presets.named(authType).filter(p -> !knowsId(p)).isPresent()) {
            problems.add(
                    "--event-id: absent (expected: where the sender's event id stands, since %s says nothing of it; none where equal bodies may be different events)"
                            .formatted(authType));
        }
        if (authType.equals(AuthSchemes.MTLS) == clients.isEmpty()) {
            problems.add(
                    clients.isEmpty()
                            ? "--client: absent (expected: whose certificates are let in, such as dns:orders.example.com)"
                            : "--client: set (expected: only with --auth mtls)");
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Only without a preset: a digest would drop the second of two events that look the same. */
    private Optional<String> defaultEventId() {
        return Presets.named(authType).isPresent() ? Optional.empty() : Optional.of("body-digest");
    }

    private static boolean knowsId(Preset preset) {
        return !preset.envelope().id().equals(ValueLocation.NOWHERE);
    }
}
