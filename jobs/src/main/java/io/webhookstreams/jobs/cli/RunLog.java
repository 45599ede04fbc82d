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
    private static final String FILE = "webhooks.run.log-file";

    /** Where Flink's web UI looks for the log that it shows. */
    private static final String FILE_FOR_FLINK = "log.file";

    private RunLog() {}

    static void writeTo(Path directory) {
        String configuration = System.getProperty(CONFIGURATION);
        if (configuration != null) {
            String file = directory.resolve("webhooks.log").toString();
            System.setProperty(FILE, file);
            System.setProperty(FILE_FOR_FLINK, file);
            Configurator.reconfigure(Path.of(configuration).toUri());
        }
    }
}
