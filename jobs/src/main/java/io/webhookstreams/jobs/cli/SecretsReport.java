/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.auth.Rotation;
import io.webhookstreams.auth.SecretStatus;
import io.webhookstreams.auth.Validity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all TaskManagers that answered know of the streams' secrets.
 *
 * @param now by the latest of their clocks; null if none answered
 * @param silent why others did not answer, a line each; with one of them nothing is judged complete
 */
record SecretsReport(Instant now, List<Stream> streams, List<String> silent) {

    /** One stream, whose secrets are in the order of its settings. */
    record Stream(
            String source,
            String name,
            String auth,
            Duration retireAfter,
            Map<String, SecretStatus> secrets) {

        private void add(JsonNode secret) {
            SecretStatus status = statusOf(secret);
            secrets.merge(status.name(), status, SecretStatus::and);
        }
    }

    /**
     * Puts answers of {@code GET /status} together.
     *
     * @throws IllegalArgumentException if one is not of a listener that tells of its secrets
     */
    static SecretsReport of(List<JsonNode> answers, List<String> silent) {
        Map<String, Stream> streams = new LinkedHashMap<>();
        for (JsonNode answer : answers) {
            for (JsonNode node : answer.required("streams")) {
                Stream stream =
                        streams.computeIfAbsent(
                                text(node, "source") + "\n" + text(node, "stream"),
                                key -> streamOf(node));
                node.required("secrets").forEach(stream::add);
            }
        }
        Instant now =
                answers.stream()
                        .map(answer -> instant(answer, "time"))
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        return new SecretsReport(now, List.copyOf(streams.values()), List.copyOf(silent));
    }

    private static Stream streamOf(JsonNode node) {
        return new Stream(
                text(node, "source"),
                text(node, "stream"),
                text(node, "auth"),
                Duration.parse(text(node, "retireAfter")),
                new LinkedHashMap<>());
    }

    private static SecretStatus statusOf(JsonNode node) {
        return new SecretStatus(
                text(node, "name"),
                new Validity(instant(node, "notBefore"), instant(node, "notAfter")),
                node.required("readable").asBoolean(),
                instant(node, "since"),
                instant(node, "lastUsed"),
                node.required("uses").asLong(),
                node.required("refusedOutsideTime").asLong(),
                node.required("readFailures").asLong());
    }

    /** What a TaskManager saw that does not answer may be the old secret. */
    Rotation rotation(Stream stream) {
        return silent.isEmpty()
                ? Rotation.of(List.copyOf(stream.secrets().values()), now, stream.retireAfter())
                : Rotation.INCOMPLETE;
    }

    /** For people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Stream stream : streams) {
            lines.add("%s (%s): %s".formatted(stream.name(), stream.auth(), rotation(stream)));
            if (!stream.secrets().isEmpty()) {
                lines.add(row("secret", "time", "readable", "uses", "refused", "last used"));
            }
            for (SecretStatus secret : stream.secrets().values()) {
                lines.add(
                        row(
                                secret.name(),
                                secret.validity().phaseAt(now),
                                secret.readable() ? "yes" : "no",
                                secret.uses(),
                                secret.refusedOutsideTime(),
                                lastUsed(secret)));
            }
        }
        return lines;
    }

    private static String row(Object... cells) {
        return "    %-24s %-8s %-8s %12s %12s  %s".formatted(cells);
    }

    private static String lastUsed(SecretStatus secret) {
        return secret.lastUsed() == null
                ? "never since " + secret.since()
                : secret.lastUsed().toString();
    }

    /** For programs. */
    ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("time", text(now));
        ArrayNode silentNodes = report.putArray("silent");
        silent.forEach(silentNodes::add);
        ArrayNode streamNodes = report.putArray("streams");
        for (Stream stream : streams) {
            ObjectNode node =
                    streamNodes
                            .addObject()
                            .put("source", stream.source())
                            .put("stream", stream.name())
                            .put("auth", stream.auth())
                            .put("rotation", rotation(stream).toString())
                            .put("retireAfter", stream.retireAfter().toString());
            ArrayNode secrets = node.putArray("secrets");
            stream.secrets().values().forEach(secret -> put(secrets.addObject(), secret));
        }
        return report;
    }

    private void put(ObjectNode node, SecretStatus secret) {
        node.put("name", secret.name())
                .put("phase", secret.validity().phaseAt(now).toString())
                .put("readable", secret.readable())
                .put("since", text(secret.since()))
                .put("lastUsed", text(secret.lastUsed()))
                .put("uses", secret.uses())
                .put("refusedOutsideTime", secret.refusedOutsideTime())
                .put("readFailures", secret.readFailures());
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asText();
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static Instant instant(JsonNode node, String field) {
        JsonNode value = node.required(field);
        return value.isNull() ? null : Instant.parse(value.asText());
    }
}
