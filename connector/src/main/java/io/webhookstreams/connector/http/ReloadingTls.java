/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.ListenerOptions.ClientAuth;
import io.webhookstreams.connector.config.ListenerSettings;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;

import javax.annotation.Nullable;
import javax.net.ssl.SSLEngine;

/**
 * TLS of the ingest listener, with the files as they are now. What has changed is loaded aside and
 * takes over for new connections once it is known to work; open connections keep theirs. Each set
 * of files has its own context, so no session of an older client CA is resumed.
 *
 * <p>Jetty's own {@code reload} empties the factory in place: a handshake that begins meanwhile may
 * find no cipher suites, and files that do not load leave nothing behind.
 */
final class ReloadingTls extends SslContextFactory.Server {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadingTls.class);

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /**
     * All of TLS 1.3 that the JDK has, and of TLS 1.2 those with ephemeral keys on elliptic curves
     * and authenticated encryption: RFC 9325, 4.2, and the suites that Mozilla's "intermediate"
     * adds to it, without finite-field Diffie-Hellman.
     */
    private static final String[] CIPHER_SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private final ListenerSettings settings;
    private final ListenerMetrics metrics;
    @Nullable private TlsFiles tried;
    private String problem = "";
    @Nullable private volatile SslContextFactory.Server successor;

    /**
     * @throws IOException if the files cannot be used; its message names the option
     */
    ReloadingTls(ListenerSettings settings, ListenerMetrics metrics) throws IOException {
        this.settings = settings;
        this.metrics = metrics;
        TlsFiles first = TlsFiles.read(settings);
        this.tried = first;
        configure(this, first, settings);
    }

    @Override
    public SSLEngine newSSLEngine() {
        SslContextFactory.Server current = successor;
        return current == null ? super.newSSLEngine() : current.newSSLEngine();
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
        return newSSLEngine();
    }

    /**
     * Takes over what has changed in the files. One thread at a time, one that may touch files;
     * what cannot be used is logged once and changes nothing.
     */
    void refresh() {
        try {
            TlsFiles now = read();
            if (now.equals(tried)) {
                return;
            }
            tried = now;
            SslContextFactory.Server next = new SslContextFactory.Server();
            configure(next, now, settings);
            start(next);
            successor = next;
            problem = "";
            metrics.tlsIsStale(false);
            LOG.info("tls: new certificate, key or client CA in use");
        } catch (IOException e) {
            stale(e);
        }
    }

    /** What was there before counts as new once it can be read again. */
    private TlsFiles read() throws IOException {
        try {
            return TlsFiles.read(settings);
        } catch (IOException e) {
            tried = null;
            throw e;
        }
    }

    private void stale(IOException e) {
        metrics.tlsIsStale(true);
        if (!problem.equals(e.getMessage())) {
            problem = e.getMessage();
            LOG.warn("tls: the files have changed and cannot be used, the ones before are", e);
        }
    }

    private static void start(SslContextFactory.Server factory) throws IOException {
        try {
            factory.start();
        } catch (Exception e) {
            throw new IOException("tls: cannot be used (expected: a PEM chain and its key)", e);
        }
    }

    private static void configure(
            SslContextFactory.Server factory, TlsFiles files, ListenerSettings settings)
            throws IOException {
        factory.setKeyStore(PemKeyStore.load(files.certificate(), files.key()));
        factory.setKeyStorePassword(PemKeyStore.PASSWORD);
        // Of TLS 1.2: clients would have us repeat the costly part on one connection, again and
        // again.
        factory.setRenegotiationAllowed(false);
        factory.setIncludeProtocols(PROTOCOLS);
        factory.setExcludeCipherSuites();
        factory.setIncludeCipherSuites(CIPHER_SUITES);
        if (files.clientCa() != null) {
            factory.setTrustStore(PemKeyStore.trusting(files.clientCa()));
            factory.setWantClientAuth(settings.clientAuth() == ClientAuth.WANT);
            factory.setNeedClientAuth(settings.clientAuth() == ClientAuth.NEED);
        }
    }
}
