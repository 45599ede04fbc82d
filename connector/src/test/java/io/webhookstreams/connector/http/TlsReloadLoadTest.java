/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The listener's certificate is replaced again and again while senders connect. */
class TlsReloadLoadTest extends ServerTestBase {

    private static final int SENDERS = 4;
    private static final int CHANGES = 3;

    @Test
    void no_new_connection_fails_while_certificates_change() throws Exception {
        // Between two files of one change they may not belong together: then it is a warning.
        expectWarnings();
        SelfSigned served = SelfSigned.make(Files.createDirectory(folder.resolve("served")), "EC");
        List<SelfSigned> next = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            next.add(SelfSigned.make(Files.createDirectory(folder.resolve("next" + i)), "EC"));
        }
        TestServer server = start(with(served));
        SSLContext all = trusting(served, next);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        List<Future<?>> sending = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            sending.add(
                    senders.submit(
                            () -> {
                                while (!stop.get()) {
                                    assertThat(statusLine(server, all)).contains(" 200 ");
                                    answered.incrementAndGet();
                                }
                                return null;
                            }));
        }

        for (SelfSigned change : next) {
            replace(served.key(), change.key());
            replace(served.certificate(), change.certificate());
            SSLContext only = change.trustingContext();
            await(() -> accepts(server, only));
        }
        long before = answered.get();
        await(() -> answered.get() > before + SENDERS || sending.stream().anyMatch(Future::isDone));
        stop.set(true);

        for (Future<?> sender : sending) {
            sender.get();
        }
        senders.shutdown();
    }

    private static String statusLine(TestServer server, SSLContext context) throws Exception {
        try (SSLSocket socket = socket(server, context)) {
            socket.getOutputStream()
                    .write(
                            """
                            POST /in/orders HTTP/1.1\r
                            Host: 127.0.0.1\r
                            Authorization: Bearer %s\r
                            X-Event-Id: evt_1\r
                            Content-Length: 2\r
                            Connection: close\r
                            \r
                            {}"""
                                    .formatted(TestServer.TOKEN)
                                    .getBytes(US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
                    .readLine();
        }
    }

    private static boolean accepts(TestServer server, SSLContext context) throws Exception {
        try (SSLSocket socket = socket(server, context)) {
            socket.startHandshake();
            return true;
        } catch (SSLException e) {
            return false;
        }
    }

    private static SSLSocket socket(TestServer server, SSLContext context) throws Exception {
        return (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
    }

    private static SSLContext trusting(SelfSigned first, List<SelfSigned> others) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        List<SelfSigned> all = new ArrayList<>(others);
        all.add(first);
        for (SelfSigned one : all) {
            String alias = one.store().aliases().nextElement();
            trusted.setCertificateEntry("of-" + trusted.size(), one.store().getCertificate(alias));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void replace(Path file, Path by) throws Exception {
        Path link = Files.createSymbolicLink(file.resolveSibling("link"), by);
        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private TestServer.Options with(SelfSigned certificate) throws Exception {
        return options()
                .orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT))
                .listener(
                        l ->
                                l.set(ListenerOptions.TLS, ListenerOptions.Tls.PEM)
                                        .set(
                                                ListenerOptions.TLS_CERTIFICATE,
                                                certificate.certificate().toString())
                                        .set(
                                                ListenerOptions.TLS_KEY,
                                                certificate.key().toString()));
    }
}
