/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

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

    /** Ends a registration; idempotent, safe from any thread, does not block. */
    interface Handle extends AutoCloseable {
        @Override
        void close();
    }
}
