/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.StreamEntry;

import picocli.CommandLine.Option;

import java.util.List;

/** The option {@code --stream}, of commands that are about one stream. */
final class StreamOption {

    @Option(
            names = "--stream",
            required = true,
            paramLabel = "NAME",
            description = "Which stream of the configuration.")
    private String name;

    String name() {
        return name;
    }

    /**
     * The stream of that name.
     *
     * @throws InvalidSettingsException if there is none
     */
    StreamEntry in(JobDefinition definition) {
        return definition.streams().stream()
                .filter(stream -> stream.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(definition));
    }

    private InvalidSettingsException unknown(JobDefinition definition) {
        String known = String.join(", ", definition.file().streams().keySet());
        return new InvalidSettingsException(
                List.of("--stream: %s (expected: one of %s)".formatted(name, known)));
    }
}
