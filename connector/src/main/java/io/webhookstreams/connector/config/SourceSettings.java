/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.SourceOptions.OnError;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** A source as configured: its listener, its streams and what its readers need. */
public record SourceSettings(
        String sourceId,
        ListenerSettings listener,
        List<StreamSettings> streams,
        int lanes,
        long queueMaxBytes,
        Duration watchdogTimeout,
        OnError onError,
        CheckpointSettings checkpoints)
        implements Serializable {

    public SourceSettings withSourceId(String id) {
        return new SourceSettings(
                id, listener, streams, lanes, queueMaxBytes, watchdogTimeout, onError, checkpoints);
    }
}
