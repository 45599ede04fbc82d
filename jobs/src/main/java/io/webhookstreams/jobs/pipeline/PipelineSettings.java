/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Set;

/**
 * What the pipeline decides by.
 *
 * @param timeToLive how long an event id is remembered
 * @param streamsWithChangingBodies streams whose vendor sends a retry with another body
 * @param schemesWithChangingBodies likewise, by how a delivery was verified
 * @param streamsNotDeduplicated streams of which every delivery passes
 * @param windows when windows begin and end
 * @param maxOutOfOrderness how far behind the newest event the watermark stays
 * @param maxFuture how far a vendor's clock may be ahead of ours
 * @param outputDirectory where the folders of files are
 * @param rollInterval age at which a file is closed
 * @param rollSize size at which a file is closed
 */
public record PipelineSettings(
        Duration timeToLive,
        Set<String> streamsWithChangingBodies,
        Set<String> schemesWithChangingBodies,
        Set<String> streamsNotDeduplicated,
        WindowSettings windows,
        Duration maxOutOfOrderness,
        Duration maxFuture,
        String outputDirectory,
        Duration rollInterval,
        MemorySize rollSize) {

    EventTime eventTime() {
        return new EventTime(maxFuture);
    }

    FileSinks files() {
        return new FileSinks(outputDirectory, rollInterval, rollSize);
    }
}
