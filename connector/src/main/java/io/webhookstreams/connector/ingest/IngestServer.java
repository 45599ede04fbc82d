/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.config.SourceSettings;

import java.util.concurrent.Executor;

/**
 * The server of one JVM, job and listen address, as a reader sees it; implemented by the {@code
 * http} package and obtained from its registry. It outlives the readers.
 */
public interface IngestServer {

    /** Where the listener is bound: {@code http://127.0.0.1:8080}. */
    String endpoint();

    /** Runs settlements and writes answers; never the mailbox thread. */
    Executor settlers();

    /**
     * Registers a reader; from now on requests for its streams are offered to it. Close the handle
     * when the reader closes: afterwards no offer reaches it.
     */
    Handle register(Registration registration);

    /**
     * Has a newer configuration of a source put in force, in one step, soon and on another thread:
     * requests that have come stay with the one that they came under. An older one changes nothing.
     * One that cannot be used here, such as for a secret that cannot be read, is tried again every
     * second; until then the one before stays in force.
     *
     * @param version of the configuration that {@code source} was resolved from
     */
    void reconfigure(SourceSettings source, long version);

    /** Which configuration the source goes by now. Any thread. */
    ConfigurationStatus configuration(String source);

    /** Ends a registration; idempotent, safe from any thread, does not block. */
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
