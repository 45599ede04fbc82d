/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.jobs.config.IngestUrl;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.StreamEntry;
import io.webhookstreams.jobs.embedded.DataDirectory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;

/** Posts a test event to a stream, signed as its vendor would. */
@Command(
        name = "send",
        description =
                "Signs a test event as the stream's vendor would, posts it, prints the answer.",
        mixinStandardHelpOptions = true)
final class SendCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HEADER = "header:";

    @Mixin private ConfigFile config;
    @Mixin private StreamOption chosen;
    @Spec private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The body.")
    private Path data;

    @Option(
            names = "--event-id",
            paramLabel = "ID",
            description = "The event id, where it stands in a header. Default: a new one.")
    private Optional<String> eventId;

    @Option(
            names = "--content-type",
            defaultValue = "application/json",
            paramLabel = "TYPE",
            description = "The body's media type. Default: ${DEFAULT-VALUE}.")
    private String contentType;

    @Option(names = "--query", paramLabel = "QUERY", description = "The URL's query: a=b&c=d.")
    private Optional<String> query;

    @Option(
            names = "--signing-key",
            paramLabel = "REF",
            description =
                    "What to sign with, file:PATH or env:NAME: where the vendor has a key pair, its"
                            + " private half (PKCS #8 in PEM). Default: the stream's first secret.")
    private Optional<String> signingKey;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Scheme, host and port to post to. Default: those of the run that is ready in"
                            + " the data directory, else public-url, else the configured address.")
    private Optional<String> url;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        JobDefinition definition = JobDefinition.load(config.path());
        StreamEntry stream = chosen.in(definition);
        byte[] body = Files.readAllBytes(data);
        Outgoing signed = signed(stream, body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base(definition) + signed.target()))
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(signed.body()));
        signed.headers().forEach(request::header);
        HttpResponse<String> answer =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()
                        .send(request.build(), HttpResponse.BodyHandlers.ofString());
        PrintWriter out = spec.commandLine().getOut();
        out.println(answer.statusCode());
        out.println(answer.body());
        return answer.statusCode() / 100 == 2 ? ExitCode.OK : ExitCode.REFUSED;
    }

    private Outgoing signed(StreamEntry stream, byte[] body) throws Exception {
        String id = eventId.orElseGet(() -> "test_" + UUID.randomUUID());
        Outgoing draft =
                Outgoing.post(stream.path(), body)
                        .header("Content-Type", contentType)
                        .query(query.orElse(null));
        Optional<String> idHeader =
                stream.eventId()
                        .filter(location -> location.startsWith(HEADER))
                        .map(location -> location.substring(HEADER.length()));
        if (idHeader.isPresent()) {
            draft = draft.header(idHeader.get(), id);
        }
        LocalSecrets secrets = LocalSecrets.below(config.path().toAbsolutePath().getParent());
        return AuthSchemes.signer(senderOf(stream), secrets).sign(draft, clock.instant(), id);
    }

    private AuthSettings senderOf(StreamEntry stream) {
        return signingKey
                .map(key -> stream.auth().with(List.of(SecretRef.parse(key))))
                .orElseGet(stream::auth);
    }

    private String base(JobDefinition definition) throws IOException {
        Path ready = DataDirectory.ingestUrlFile(definition.settings().dataDirectory());
        if (url.isPresent()) {
            return url.get();
        }
        if (Files.exists(ready)) {
            return Files.readString(ready).strip();
        }
        return IngestUrl.base(
                definition.file().listener(), IngestUrl.firstPort(definition.file().listener()));
    }
}
