/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.SourceOptions.OnError;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A source as configured: its listener, its streams and what its readers need. */
public record SourceSettings(
        String sourceId,
        ListenerSettings listener,
        List<StreamSettings> streams,
        int lanes,
        long queueMaxBytes,
        long coalescingMaxBytes,
        Duration watchdogTimeout,
        OnError onError,
        CheckpointSettings checkpoints)
        implements Serializable {

    /** Each stream's weight by its name. */
    public Map<String, Integer> weights() {
        return streams.stream()
                .collect(Collectors.toMap(StreamSettings::name, s -> s.policy().weight()));
    }

    public SourceSettings withSourceId(String id) {
        return new SourceSettings(
                id,
                listener,
                streams,
                lanes,
                queueMaxBytes,
                coalescingMaxBytes,
                watchdogTimeout,
                onError,
                checkpoints);
    }

    public SourceSettings withStreams(List<StreamSettings> others) {
        return new SourceSettings(
                sourceId,
                listener,
                others,
                lanes,
                queueMaxBytes,
                coalescingMaxBytes,
                watchdogTimeout,
                onError,
                checkpoints);
    }
}
