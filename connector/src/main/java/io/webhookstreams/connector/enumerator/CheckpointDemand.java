/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From a reader with checkpoints on demand: deliveries wait for one, or none does any more. Until
 * the first of these, some do.
 *
 * @param number grows from one to the next of a reader; what comes late says nothing any more
 */
public record CheckpointDemand(long number, boolean waits) implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
