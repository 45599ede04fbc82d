/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;

import java.io.IOException;
import java.io.Serializable;

/**
 * Where a running source finds its options: a file, mostly. It is asked again and again on the
 * JobManager; streams that have changed are put in force without a restart. Part of the job, so it
 * is serializable and holds no secret.
 */
@PublicEvolving
@FunctionalInterface
public interface ReloadableConfiguration extends Serializable {

    /**
     * Reads all options as they are now. On a thread that may block, one call at a time.
     *
     * @throws IOException if nothing can be read; what was in force stays so, and the message is
     *     told as a problem
     */
    SourceConfiguration read() throws IOException;
}
