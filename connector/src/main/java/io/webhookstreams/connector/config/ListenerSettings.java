/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.ListenerOptions.Tls;

import java.io.Serializable;
import java.time.Duration;

import javax.annotation.Nullable;

/** The listener as configured; see {@link io.webhookstreams.connector.ListenerOptions}. */
public record ListenerSettings(
        String address,
        PortRange ports,
        @Nullable String publicUrl,
        Tls tls,
        @Nullable String tlsCertificate,
        @Nullable String tlsKey,
        ClientAuth clientAuth,
        @Nullable String clientCa,
        String healthAddress,
        PortRange healthPorts,
        String adminAddress,
        PortRange adminPorts,
        @Nullable SecretRef adminToken,
        long unverifiedMaxBytes,
        long heldMaxBytes,
        int maxHeaderBytes,
        int http2MaxStreams,
        Duration idleTimeout,
        Duration stopFlushTimeout,
        PeerSettings peers)
        implements Serializable {}
