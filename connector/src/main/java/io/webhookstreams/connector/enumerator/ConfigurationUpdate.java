/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import io.webhookstreams.connector.config.StreamSettings;

import org.apache.flink.api.connector.source.SourceEvent;

import java.util.List;

/**
 * From the enumerator, in answer to a {@link ReaderHello} and when it changes: the configuration
 * that is in force. Sent only where the configuration is reloaded; there a reader serves nothing
 * before it has one. A completed checkpoint holds it, so a later one never has a smaller number.
 *
 * @param number its version
 * @param digest tells it apart for people
 */
public record ConfigurationUpdate(long number, String digest, List<StreamSettings> streams)
        implements SourceEvent {

    private static final long serialVersionUID = 1L;
}
