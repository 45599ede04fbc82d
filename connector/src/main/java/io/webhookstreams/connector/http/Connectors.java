/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.address.AddressRanges;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.config.PortRange;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.io.IOException;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;

import javax.annotation.Nullable;

/** Makes the three ports of a server and binds each to the first free port of its range. */
final class Connectors {

    private static final int ONE_THREAD = 1;

    /**
     * Connections that the system keeps until Jetty accepts them. Java's default of 50 is less than
     * what comes at once when a vendor works off a backlog, or after a restart; what does not fit
     * is reset.
     */
    private static final int ACCEPT_QUEUE = 4096;

    /**
     * Bytes of a body that an HTTP/2 client may send before the body is asked for: no budget counts
     * them. Near the protocol's default (RFC 9113, section 6.5.2), since Jetty's of 512 KiB is for
     * large uploads.
     */
    private static final int HTTP2_STREAM_WINDOW = 64 * 1024;

    private final Server server;
    private final ListenerSettings settings;
    private final ListenerMetrics metrics;

    Connectors(Server server, ListenerSettings settings, ListenerMetrics metrics) {
        this.server = server;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * HTTP/1.1 and HTTP/2: by prior knowledge or upgrade in clear, by ALPN with TLS.
     *
     * @param ssl null for clear text
     */
    ServerConnector ingest(@Nullable SslContextFactory.Server ssl) throws IOException {
        HttpConfiguration http = http();
        ConnectionFactory[] protocols = behindProxies(ssl == null ? clear(http) : tls(http, ssl));
        ServerConnector connector = new ServerConnector(server, protocols);
        Integer most = settings.peers().maxConnectionsPerAddress();
        if (most != null) {
            connector.addBean(new ConnectionsPerAddress(most, trustedProxies(), metrics));
        }
        return bound(connector, "port", settings.address(), settings.ports());
    }

    ServerConnector health() throws IOException {
        return bound(small(), "health.port", settings.healthAddress(), settings.healthPorts());
    }

    ServerConnector admin() throws IOException {
        return bound(small(), "admin.port", settings.adminAddress(), settings.adminPorts());
    }

    private ServerConnector small() {
        return new ServerConnector(
                server, ONE_THREAD, ONE_THREAD, new HttpConnectionFactory(http()));
    }

    private HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(settings.maxHeaderBytes());
        http.setNotifyRemoteAsyncErrors(true);
        // Jetty's table of a connection's former headers takes 100 KB from its second request on.
        http.setHeaderCacheSize(0);
        return http;
    }

    private ConnectionFactory[] clear(HttpConfiguration http) {
        return new ConnectionFactory[] {
            new HttpConnectionFactory(http), limited(new HTTP2CServerConnectionFactory(http))
        };
    }

    private ConnectionFactory[] tls(HttpConfiguration http, SslContextFactory.Server ssl) {
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        ConnectionFactory http2 = limited(new HTTP2ServerConnectionFactory(http));
        ALPNServerConnectionFactory alpn =
                new ALPNServerConnectionFactory(http2.getProtocol(), http1.getProtocol());
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(ssl, alpn.getProtocol()), alpn, http2, http1
        };
    }

    private ConnectionFactory[] behindProxies(ConnectionFactory... protocols) {
        if (!settings.peers().proxyProtocol()) {
            return protocols;
        }
        List<ConnectionFactory> all = new ArrayList<>(List.of(protocols));
        all.add(0, new ProxyProtocol(trustedProxies(), protocols[0]));
        return all.toArray(ConnectionFactory[]::new);
    }

    private AddressRanges trustedProxies() {
        return AddressRanges.of(settings.peers().trustedProxies());
    }

    private ConnectionFactory limited(AbstractHTTP2ServerConnectionFactory http2) {
        http2.setMaxConcurrentStreams(settings.http2MaxStreams());
        http2.setInitialStreamRecvWindow(HTTP2_STREAM_WINDOW);
        return http2;
    }

    private ServerConnector bound(
            ServerConnector connector, String option, String address, PortRange ports)
            throws IOException {
        connector.setHost(address);
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(settings.idleTimeout().toMillis());
        BindException taken = null;
        for (int port = ports.first(); port <= ports.last(); port++) {
            connector.setPort(port);
            try {
                connector.open();
                server.addConnector(connector);
                return connector;
            } catch (IOException e) {
                taken = requireTaken(e);
            }
        }
        throw new IOException(
                option + ": " + ports + " (expected: a free port on " + address + ")", taken);
    }

    /** A port that is taken leads to the next one; anything else is no matter of ports. */
    private static BindException requireTaken(IOException e) throws IOException {
        if (e instanceof BindException taken) {
            return taken;
        }
        if (e.getCause() instanceof BindException taken) {
            return taken;
        }
        throw e;
    }
}
