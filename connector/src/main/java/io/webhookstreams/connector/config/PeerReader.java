/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.config;

import static io.webhookstreams.connector.PeerOptions.CLIENT_HEADER;
import static io.webhookstreams.connector.PeerOptions.MAX_CONNECTIONS_PER_ADDRESS;
import static io.webhookstreams.connector.PeerOptions.PROXY_PROTOCOL;
import static io.webhookstreams.connector.PeerOptions.TRUSTED_PROXIES;

import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.address.AddressRanges;

import java.util.List;

/** Reads {@link PeerSettings}. */
final class PeerReader {

    private static final int MOST_CONNECTIONS = 1_000_000;

    private final OptionReader options;

    private PeerReader(OptionReader options) {
        this.options = options;
    }

    static PeerSettings read(OptionReader options) {
        return new PeerReader(options).settings();
    }

    private PeerSettings settings() {
        List<String> trusted = AddressBlocks.read(options, TRUSTED_PROXIES);
        ClientHeader header = options.get(CLIENT_HEADER);
        boolean proxyProtocol = options.get(PROXY_PROTOCOL);
        boolean believed = header != ClientHeader.NONE || proxyProtocol;
        if (believed && options.get(TRUSTED_PROXIES).isEmpty()) {
            options.problem(
                    TRUSTED_PROXIES.key(),
                    "missing",
                    "expected: your proxies' addresses, for %s"
                            .formatted(proxyProtocol ? PROXY_PROTOCOL.key() : CLIENT_HEADER.key()));
        }
        if (!believed && !trusted.isEmpty()) {
            options.problem(
                    CLIENT_HEADER.key(),
                    header,
                    "expected: forwarded or x-forwarded-for, or proxies.proxy-protocol true, beside"
                            + " proxies.trusted");
        }
        for (String block : trusted) {
            if (AddressRanges.isEverything(block)) {
                options.problem(
                        TRUSTED_PROXIES.key(),
                        block,
                        "expected: your proxies alone, for whoever is trusted can claim any"
                                + " address");
            }
        }
        Integer connections =
                options.numberOrNull(MAX_CONNECTIONS_PER_ADDRESS, 1, MOST_CONNECTIONS);
        return new PeerSettings(trusted, header, proxyProtocol, connections);
    }
}
