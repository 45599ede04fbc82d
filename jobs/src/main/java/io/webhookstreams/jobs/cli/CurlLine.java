/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.jobs.config.StreamEntry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A line to copy and paste that posts a first event to a stream. The shell reads the secret when it
 * runs the line: it is never printed. What curl cannot sign is sent by {@code webhooks send}.
 */
final class CurlLine {

    private static final String HEADER = "header:";
    private static final String POINTER = "json:";
    private static final String QUERY = "query:";

    private CurlLine() {}

    static String of(StreamEntry stream, String url, Path config) {
        if (!stream.authType().equals(AuthSchemes.BEARER)
                && !stream.authType().equals(AuthSchemes.MTLS)
                && !stream.authType().equals(AuthSchemes.NONE)) {
            return "webhooks send --config '%s' --stream %s --data event.json"
                    .formatted(config, stream.name());
        }
        StringBuilder line = new StringBuilder("curl -i");
        if (stream.authType().equals(AuthSchemes.BEARER)) {
            line.append(" -H \"Authorization: Bearer ")
                    .append(secret(stream.secrets().get(0)))
                    .append('"');
        }
        if (stream.authType().equals(AuthSchemes.MTLS)) {
            line.append(" --cert client.crt --key client.key");
        }
        line.append(" -H 'Content-Type: application/json'");
        part(stream.eventId(), HEADER)
                .ifPresent(header -> line.append(" -H '").append(header).append(": evt_1'"));
        line.append(" -d '").append(body(stream)).append("' '").append(url);
        part(stream.eventId(), QUERY)
                .ifPresent(name -> line.append('?').append(name).append("=evt_1"));
        return line.append('\'').toString();
    }

    private static String secret(SecretRef ref) {
        return switch (ref.kind()) {
            case FILE -> "$(cat '" + ref.location() + "')";
            case ENV -> "$" + ref.location();
        };
    }

    private static String body(StreamEntry stream) {
        ObjectNode body = new ObjectMapper().createObjectNode();
        put(body, stream.eventId(), "evt_1");
        put(body, stream.eventType(), "hello");
        return body.isEmpty() ? "{\"hello\":\"world\"}" : body.toString();
    }

    /** Only where a pointer leads through objects: an example needs no more. */
    private static void put(ObjectNode body, Optional<String> location, String value) {
        part(location, POINTER)
                .map(JsonPointer::compile)
                .filter(pointer -> !pointer.head().toString().matches(".*/\\d+.*"))
                .ifPresent(
                        pointer ->
                                body.withObject(pointer.head())
                                        .put(pointer.last().getMatchingProperty(), value));
    }

    private static Optional<String> part(Optional<String> location, String prefix) {
        return location.filter(text -> text.startsWith(prefix))
                .map(text -> text.substring(prefix.length()));
    }
}
