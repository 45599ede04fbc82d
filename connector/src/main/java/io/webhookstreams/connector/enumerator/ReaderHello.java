/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * From a reader, when it starts and when it is given lanes: here I am. Answered with an {@link
 * OwnershipGrant}.
 *
 * @param incarnation tells the readers of one JVM apart
 * @param lanes what it holds, ascending
 * @param endpoint where its server listens
 */
public record ReaderHello(long incarnation, List<Integer> lanes, String endpoint)
        implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
