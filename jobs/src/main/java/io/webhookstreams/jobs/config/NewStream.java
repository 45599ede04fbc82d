/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.connector.InvalidSettingsException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A stream to be added to a configuration file.
 *
 * @param secret reference to its secret, if it has one
 * @param clients whose certificates it lets in; empty for types without certificates
 * @param eventId where the event id stands, if the preset does not know
 */
public record NewStream(
        String name,
        String path,
        String authType,
        Optional<String> secret,
        List<String> clients,
        Optional<String> eventId) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The name becomes part of paths, so it is judged first. */
    public NewStream {
        clients = List.copyOf(clients);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSettingsException(
                    List.of("--name: %s (expected: %s)".formatted(name, NAME.pattern())));
        }
    }

    /**
     * Adds the stream. The file is replaced in one step, and only by one without problems.
     *
     * @throws InvalidSettingsException if the file has problems, before or after
     */
    public JobDefinition addTo(Path file) throws IOException {
        JobDefinition before = JobDefinition.load(file);
        if (before.file().streams().containsKey(name)) {
            throw new InvalidSettingsException(
                    List.of("streams.%s: there already (expected: a new name)".formatted(name)));
        }
        Path candidate =
                Files.createTempFile(before.file().path().getParent(), ".webhooks", ".yaml");
        try {
            Files.writeString(candidate, StreamBlock.append(Files.readString(file), lines()));
            JobDefinition.load(candidate);
            Files.setPosixFilePermissions(candidate, Files.getPosixFilePermissions(file));
            Files.move(
                    candidate,
                    before.file().path(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IllegalArgumentException e) {
            throw e instanceof InvalidSettingsException invalid
                    ? invalid
                    : new InvalidSettingsException(List.of(e.getMessage()));
        } finally {
            Files.deleteIfExists(candidate);
        }
        return JobDefinition.load(file);
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ":");
        lines.add("  path: " + quoted(path));
        lines.add("  auth:");
        lines.add("    type: " + quoted(authType));
        secret.ifPresent(reference -> lines.add("    secrets: [" + quoted(reference) + "]"));
        if (!clients.isEmpty()) {
            lines.add("    clients:");
            clients.forEach(client -> lines.add("      - " + quoted(client)));
        }
        eventId.ifPresent(location -> lines.add("  event-id: " + quoted(location)));
        return lines;
    }

    /** A JSON string is a YAML scalar, whatever it holds. */
    private static String quoted(String text) {
        return JSON.valueToTree(text).toString();
    }
}
