/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.Decision;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Explainer;
import io.webhookstreams.auth.Explanation;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretUnavailableException;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.auth.fetch.Fetch;
import io.webhookstreams.auth.fetch.FetchFailedException;
import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.StreamEntry;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** Explains why a captured request passes a stream's authentication, or fails. Offline. */
@Command(
        name = "verify",
        description = {
            "Explains, offline, why a captured request passes a stream's authentication or fails:"
                    + " what was looked for, found, signed and expected, and which usual mistake"
                    + " would explain it.",
            "For operators only: an expected digest lets whoever reads it send that very body."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the request passes",
            "1:it is refused",
            "2:the configuration, a secret, a file or the command line has problems"
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

    @Mixin private ConfigFile config;
    @Mixin private StreamOption chosen;
    @Spec private CommandSpec spec;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source;

    /** Where the request stands. */
    private static final class Source {

        @Option(
                names = "--capture",
                required = true,
                paramLabel = "FILE",
                description =
                        "A request that the listener has kept (capture.directory), with its body.")
        private Path capture;

        @ArgGroup(exclusive = false, multiplicity = "1")
        private Parts parts;
    }

    /** A request that somebody has written down. */
    private static final class Parts {

        @Option(
                names = "--headers",
                required = true,
                paramLabel = "FILE",
                description =
                        "The headers, Name: value a line, with or without the request line, also as"
                                + " curl -v prints them.")
        private Path headers;

        @Option(
                names = "--body",
                required = true,
                paramLabel = "FILE",
                description = "The body, byte for byte as it came; an empty file for none.")
        private Path body;
    }

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "Default: that of the request line, else POST.")
    private Optional<String> method;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Default: that of the request line, else the stream's.")
    private Optional<String> path;

    @Option(
            names = "--query",
            paramLabel = "QUERY",
            description = "a=b&c=d. Default: that of the request line, else none.")
    private Optional<String> query;

    @Option(
            names = "--at",
            paramLabel = "INSTANT",
            description =
                    "When it arrived, such as 2026-01-31T10:00:00Z. Default: as the capture says, else"
                            + " now.")
    private Optional<Instant> at;

    @Option(
            names = "--fetched",
            paramLabel = "FILE",
            description =
                    "What stands behind the URL of the vendor's certificate or of the JWK set:"
                            + " nothing is fetched.")
    private Optional<Path> fetched;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        JobDefinition definition = JobDefinition.load(config.path());
        Map<String, AuthSettings> streams = new LinkedHashMap<>();
        definition.streams().forEach(stream -> streams.put(stream.name(), stream.auth()));
        StreamEntry stream = chosen.in(definition);
        AuthSettings settings = streams.remove(chosen.name());
        CapturedRequest request = request(stream);
        LocalSecrets secrets = LocalSecrets.below(config.path().toAbsolutePath().getParent());
        try {
            Explanation explanation =
                    new Explainer(secrets, documents()).explain(settings, request, streams);
            print(settings, request, explanation);
            return explanation.isVerified() ? ExitCode.OK : ExitCode.FAILED;
        } catch (SecretUnavailableException e) {
            throw new InvalidSettingsException(
                    List.of("streams." + chosen.name() + ".auth.secrets: " + e.getMessage()));
        }
    }

    private CapturedRequest request(StreamEntry stream) {
        return source.capture == null ? written(stream, source.parts) : kept(source.capture);
    }

    private CapturedRequest kept(Path file) {
        Capture capture = KeptRequest.read("--capture", file);
        return new CapturedRequest(
                method.orElse(capture.method()),
                path.orElse(capture.path()),
                query.orElse(capture.query()),
                capture.lines(),
                capture.body(),
                at.orElse(capture.receivedAt()));
    }

    private CapturedRequest written(StreamEntry stream, Parts parts) {
        CapturedHeaders captured =
                CapturedHeaders.parse(
                        new String(read("--headers", parts.headers), StandardCharsets.ISO_8859_1));
        return new CapturedRequest(
                method.or(captured::method).orElse("POST"),
                path.or(captured::path).orElse(stream.path()),
                query.or(captured::query).orElse(null),
                captured.lines(),
                read("--body", parts.body),
                at.orElseGet(clock::instant));
    }

    private Fetch documents() {
        if (fetched.isEmpty()) {
            return url ->
                    CompletableFuture.failedFuture(
                            new FetchFailedException("offline (expected: --fetched FILE)"));
        }
        byte[] document = read("--fetched", fetched.get());
        return url -> CompletableFuture.completedFuture(document.clone());
    }

    private static byte[] read(String option, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidSettingsException(
                    List.of(option + ": " + file + " (expected: a file that can be read)"));
        }
    }

    private void print(AuthSettings settings, CapturedRequest request, Explanation explanation) {
        PrintWriter out = spec.commandLine().getOut();
        String target = request.path() + (request.query() == null ? "" : "?(a query, not shown)");
        out.printf("stream: %s, auth.type %s%n", chosen.name(), settings.type());
        out.printf(
                "request: %s %s, %d bytes of body, as of %s%n",
                request.method(), target, request.body().length, request.receivedAt());
        out.printf(
                "headers: %s%n",
                String.join(", ", request.lines().stream().map(Map.Entry::getKey).toList()));
        explanation.steps().forEach(out::println);
        out.println("result: " + result(explanation.decision()));
        explanation.advice().forEach(line -> out.println("advice: " + line));
        if (explanation.steps().stream().anyMatch(line -> line.startsWith("expected "))) {
            out.println(
                    "note: keep this to yourself, an expected digest lets its reader send that"
                            + " content");
        }
    }

    private static String result(Decision decision) {
        if (decision instanceof Verified verified) {
            return "passes, by " + verified.secretName();
        }
        Denied denied = (Denied) decision;
        return "refused with %d, %s: %s"
                .formatted(
                        denied.cause().isRetryable() ? 503 : 401, denied.cause(), denied.detail());
    }
}
