/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.HandshakeSettings;
import io.webhookstreams.auth.TimeFormat;
import io.webhookstreams.auth.ValueLocation;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.LifecycleOptions.State;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * One stream as configured, its preset's defaults filled in; see {@link
 * io.webhookstreams.connector.StreamOptions}.
 */
public record StreamSettings(
        String name,
        String path,
        List<String> methods,
        AuthSettings auth,
        HandshakeSettings handshake,
        CaptureSettings capture,
        ValueLocation eventId,
        ValueLocation eventType,
        ValueLocation eventTime,
        TimeFormat eventTimeFormat,
        ValueLocation account,
        ValueLocation orderingKey,
        Tier tier,
        Duration answerDeadline,
        int successStatus,
        int overloadStatus,
        int maxBodyBytes,
        int maxInflatedBytes,
        Duration bodyTimeout,
        List<String> contentTypes,
        Duration retireAfter,
        DeadlineSettings deadlines,
        PolicySettings policy,
        LimitSettings limits,
        boolean coalescesRetries,
        State state,
        AccessSettings access)
        implements Serializable {}
