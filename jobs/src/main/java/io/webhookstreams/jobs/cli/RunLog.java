/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import org.apache.logging.log4j.core.config.Configurator;

import java.nio.file.Path;

/**
 * Sends the log of a run to its data directory, which is known only when the configuration has been
 * read. The launcher says how, in {@code -Dwebhooks.run.log-configuration=FILE}; without it,
 * logging stays as it is.
 */
final class RunLog {

    private static final String CONFIGURATION = "webhooks.run.log-configuration";
    private static final String DIRECTORY = "webhooks.run.log-directory";

    private RunLog() {}

    static void writeTo(Path directory) {
        String configuration = System.getProperty(CONFIGURATION);
        if (configuration != null) {
            System.setProperty(DIRECTORY, directory.toString());
            Configurator.reconfigure(Path.of(configuration).toUri());
        }
    }
}
