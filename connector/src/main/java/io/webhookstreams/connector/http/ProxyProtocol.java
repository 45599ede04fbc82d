/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.address.AddressRanges;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Begins connections of trusted proxies with the <a
 * href="https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt">PROXY protocol</a>, and all
 * others with what follows. As its section 2 demands, nothing is guessed: a trusted proxy that does
 * not speak it is cut off, and to anybody else its bytes are no HTTP.
 */
final class ProxyProtocol extends AbstractConnectionFactory {

    private final AddressRanges trusted;
    private final ConnectionFactory next;
    private final ConnectionFactory proxied;

    /**
     * @param next what follows, which the connector has too
     */
    ProxyProtocol(AddressRanges trusted, ConnectionFactory next) {
        super("proxy-of-the-trusted");
        this.trusted = trusted;
        this.next = next;
        this.proxied = new Demanded(next.getProtocol());
        installBean(proxied);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        InetAddress peer = ClientAddresses.ofPeer(endPoint.getRemoteSocketAddress());
        ConnectionFactory first = trusted.contains(peer) ? proxied : next;
        return first.newConnection(connector, endPoint);
    }

    private static final class Demanded extends ProxyConnectionFactory {

        Demanded(String next) {
            super(next);
        }

        /** Jetty logs it with the peer's address, and closes the connection. */
        @Override
        protected void nextProtocol(Connector connector, EndPoint endPoint, ByteBuffer bytes) {
            throw new IllegalStateException(
                    "proxies.proxy-protocol: no header (expected: PROXY, version 1 or 2, from every"
                            + " trusted proxy)");
        }
    }
}
