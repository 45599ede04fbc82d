/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.address.AddressRanges;
import io.webhookstreams.connector.address.Addresses;
import io.webhookstreams.connector.config.PeerSettings;

import org.eclipse.jetty.server.Request;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;

import javax.annotation.Nullable;

/**
 * Tells whom a request comes from: the connection's peer, unless that is a trusted proxy which
 * names another. A proxy adds to what it has received, so that only the end of a list of hops is
 * the word of somebody who is trusted: it is read from there, up to the first hop that is not. Any
 * thread.
 */
final class ClientAddresses {

    private final AddressRanges trusted;
    private final ClientHeader header;

    ClientAddresses(PeerSettings peers) {
        this.trusted = AddressRanges.of(peers.trustedProxies());
        this.header = peers.clientHeader();
    }

    /** Null where it is not known: a trusted proxy has named something that is no address. */
    @Nullable
    InetAddress of(Request request) {
        InetAddress peer = ofPeer(request.getConnectionMetaData().getRemoteSocketAddress());
        if (header == ClientHeader.NONE || !trusted.contains(peer)) {
            return peer;
        }
        return behind(peer, ForwardedHops.of(header, request.getHeaders()));
    }

    /** The address of one end of a connection; null where it has none, as in a domain of Unix. */
    @Nullable
    static InetAddress ofPeer(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }

    /** Where every hop is a trusted proxy the first one is the client. */
    @Nullable
    private InetAddress behind(InetAddress peer, List<String> hops) {
        InetAddress client = peer;
        for (int i = hops.size() - 1; i >= 0 && trusted.contains(client); i--) {
            client = Addresses.ofNode(hops.get(i));
        }
        return client;
    }
}
