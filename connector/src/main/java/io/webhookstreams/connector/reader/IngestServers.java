/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.ingest.IngestServer;

import java.io.IOException;

/** Where a reader gets the server of its JVM and job. */
@FunctionalInterface
public interface IngestServers {

    /**
     * The server, started if it is not running yet. Called once, on the task's thread, when the
     * reader starts.
     */
    IngestServer acquire() throws IOException;
}
