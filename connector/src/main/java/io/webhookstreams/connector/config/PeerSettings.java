/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import io.webhookstreams.connector.PeerOptions.ClientHeader;

import java.io.Serializable;
import java.util.List;

import javax.annotation.Nullable;

/**
 * Who connects to a listener; see {@link io.webhookstreams.connector.PeerOptions}.
 *
 * @param trustedProxies addresses and blocks, each one that can be parsed
 * @param maxConnectionsPerAddress null for any number
 */
public record PeerSettings(
        List<String> trustedProxies,
        ClientHeader clientHeader,
        boolean proxyProtocol,
        @Nullable Integer maxConnectionsPerAddress)
        implements Serializable {

    public PeerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
