/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The option that every command has. */
final class ConfigFile {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The configuration file (YAML).")
    private Path path;

    Path path() {
        return path;
    }
}
