/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/**
 * A reader makes itself known to the server of its JVM. A registration of a newer attempt of the
 * same source and subtask replaces the older one.
 *
 * @param version of the configuration that {@code source} was resolved from; 0 where it is not
 *     reloaded
 * @param subtask index of the reader's subtask
 * @param incarnation increases with every reader that is created in this JVM; stands for the
 *     attempt, which a reader cannot see
 * @param metrics group of the reader, below which the ingest path registers its own metrics
 */
public record Registration(
        SourceSettings source,
        long version,
        int subtask,
        long incarnation,
        Intake intake,
        SourceReaderMetricGroup metrics) {

    /** Of a source whose configuration is not reloaded. */
    public Registration(
            SourceSettings source,
            int subtask,
            long incarnation,
            Intake intake,
            SourceReaderMetricGroup metrics) {
        this(source, 0, subtask, incarnation, intake, metrics);
    }
}
