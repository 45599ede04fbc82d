/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.auth.CredentialNames;
import io.webhookstreams.auth.Denied;
import io.webhookstreams.auth.Denied.Cause;
import io.webhookstreams.auth.Verifier;
import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.connector.capture.CaptureWriter;
import io.webhookstreams.connector.config.StreamSettings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.annotation.Nullable;

/**
 * Takes down a stream's requests that were refused over their body, where that is wanted: what a
 * mended secret or clock could let in, without what can be used again. Jetty's threads; never
 * blocks.
 */
final class Captures {

    private static final Set<Cause> MENDABLE =
            EnumSet.of(
                    Cause.NO_MATCH,
                    Cause.TIMESTAMP_TOO_OLD,
                    Cause.TIMESTAMP_TOO_NEW,
                    Cause.MISSING_CONTENT,
                    Cause.KEY_PENDING,
                    Cause.SECRET_UNAVAILABLE);

    /** Of the connection, which the next sender has one of its own of. */
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    @Nullable private final CaptureWriter writer;
    private final Set<String> credentialHeaders;
    private final Set<String> credentialParameters;

    Captures(StreamSettings stream, Verifier verifier, Readers readers) {
        this.credentialHeaders = verifier.credentialHeaders();
        this.credentialParameters = verifier.credentialQueryParameters();
        String directory = stream.capture().directory();
        this.writer =
                directory == null
                        ? null
                        : CaptureWriter.in(
                                Path.of(directory, stream.name()),
                                stream.capture().maxFiles(),
                                stream.capture().maxBytes(),
                                outcome -> readers.metrics(stream.name()).captured(name(outcome)));
    }

    /** The request, whose body is there, was refused. */
    void refused(Incoming request, Denied denied) {
        if (writer != null && MENDABLE.contains(denied.cause())) {
            writer.offer(request.body().length, () -> capture(request, denied));
        }
    }

    private Capture capture(Incoming request, Denied denied) {
        Exchange exchange = request.exchange();
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        exchange.forEachHeader(
                (name, value) -> {
                    if (isKept(name)) {
                        lines.add(Map.entry(name, value));
                    }
                });
        return new Capture(
                request.endpoint().settings().name(),
                request.deliveryId().toString(),
                denied.cause().name().toLowerCase(Locale.ROOT),
                exchange.receivedAt(),
                exchange.method(),
                exchange.path(),
                QueryText.where(
                        exchange.query(),
                        name ->
                                !credentialParameters.contains(name)
                                        && !CredentialNames.isParameter(name)),
                lines,
                request.body());
    }

    private boolean isKept(String name) {
        return !OF_THE_CONNECTION.contains(name)
                && !credentialHeaders.contains(name)
                && !CredentialNames.isHeader(name);
    }

    private static String name(CaptureWriter.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
