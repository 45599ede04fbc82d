/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.address.AddressRanges;
import io.webhookstreams.connector.address.ClientNetwork;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.IO;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.annotation.Nullable;

/**
 * Closes connections beyond so many that one client has open, before a byte of them is read. Called
 * by Jetty's acceptors and selectors: {@link #onAccepting} first, and then exactly one of {@link
 * #onAcceptFailed}, which is what closing there leads to, and {@link #onClosed}.
 */
final class ConnectionsPerAddress implements SelectorManager.AcceptListener {

    private final int most;
    private final AddressRanges uncounted;
    private final ListenerMetrics metrics;
    private final Map<ClientNetwork, Integer> counts = new ConcurrentHashMap<>();

    /** A channel that is closed does not tell its peer any more. */
    private final Map<SelectableChannel, ClientNetwork> open = new ConcurrentHashMap<>();

    /**
     * @param uncounted proxies, which bring the connections of many
     */
    ConnectionsPerAddress(int most, AddressRanges uncounted, ListenerMetrics metrics) {
        this.most = most;
        this.uncounted = uncounted;
        this.metrics = metrics;
    }

    @Override
    public void onAccepting(SelectableChannel channel) {
        InetAddress peer = peerOf(channel);
        if (peer == null || uncounted.contains(peer)) {
            return;
        }
        ClientNetwork client = ClientNetwork.of(peer);
        open.put(channel, client);
        if (counts.merge(client, 1, Integer::sum) > most) {
            metrics.connectionRefused();
            IO.close(channel);
        }
    }

    @Override
    public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
        onClosed(channel);
    }

    @Override
    public void onClosed(SelectableChannel channel) {
        ClientNetwork client = open.remove(channel);
        if (client != null) {
            counts.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Clients that have connections open now. */
    int clients() {
        return counts.size();
    }

    @Nullable
    private static InetAddress peerOf(SelectableChannel channel) {
        try {
            return channel instanceof SocketChannel socket
                    ? ClientAddresses.ofPeer(socket.getRemoteAddress())
                    : null;
        } catch (IOException e) {
            // Closed already: it will not be open to anybody.
            return null;
        }
    }
}
