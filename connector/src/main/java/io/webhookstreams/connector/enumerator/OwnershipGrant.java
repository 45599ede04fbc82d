/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * From the enumerator, in answer to a {@link ReaderHello}: the lanes that you hold are yours, and
 * until you have this, admit nothing.
 *
 * @param incarnation that of the reader that asked
 * @param lanes those that it said it holds; who holds others by now has asked again
 * @param epoch greater than that of every earlier grant: whoever writes outside of checkpoints can
 *     fence an older owner with it
 */
public record OwnershipGrant(long incarnation, List<Integer> lanes, long epoch)
        implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
