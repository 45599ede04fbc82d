/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.admission.OpenRequests;
import io.webhookstreams.connector.ingest.Answer;
import io.webhookstreams.connector.ingest.Exchange.Pull;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The exchange on a real Jetty, and what it keeps: Jetty itself keeps it for as long as it likes.
 */
class JettyExchangeTest {

    private static final String HALF = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{";
    private static final long PATIENCE_SECONDS = 10;

    @TempDir Path folder;
    private final OpenRequests open = new OpenRequests();
    private final BlockingQueue<JettyExchange> waiting = new LinkedBlockingQueue<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private final Server jetty = new Server();
    private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
    private volatile WeakReference<Runnable> waiter;

    @BeforeEach
    void start() throws Exception {
        ClientAddresses clients =
                new ClientAddresses(TestServer.in(folder).settings().listener().peers());
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        jetty.addConnector(connector);
        jetty.setHandler(new Waiting(clients));
        jetty.start();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
    }

    @Test
    void who_waits_for_a_body_that_is_cut_is_let_go_while_the_connection_lingers()
            throws Exception {
        try (RawClient client = new RawClient(connector.getLocalPort())) {
            client.send(HALF);
            JettyExchange exchange = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);

            assertThat(exchange.answer(Answer.success(200), () -> {})).isTrue();

            assertThat(client.read("HTTP/1.1 200".length())).isEqualTo("HTTP/1.1 200");
            awaitCollected();
            assertThat(exchange.method()).as("it is kept all the while").isEqualTo("POST");
        }
        assertThat(open.awaitNone(Duration.ofSeconds(PATIENCE_SECONDS))).isTrue();
    }

    @Test
    void who_has_read_a_body_is_let_go_while_the_request_is_held() throws Exception {
        try (RawClient client = new RawClient(connector.getLocalPort())) {
            client.send(HALF);
            JettyExchange exchange = waiting.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);

            client.send("}");
            assertThat(read.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

            awaitCollected();
            assertThat(exchange.answer(Answer.success(200), () -> {})).isTrue();
            assertThat(client.read("HTTP/1.1 200".length())).isEqualTo("HTTP/1.1 200");
        }
    }

    private void awaitCollected() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (waiter.get() != null) {
            assertThat(System.nanoTime() - deadline).as("still retained").isNegative();
            System.gc();
        }
    }

    private static boolean takeAll(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        return true;
    }

    /** Waits for the rest of each body. */
    private final class Waiting extends Handler.Abstract.NonBlocking {
        private final ClientAddresses clients;

        Waiting(ClientAddresses clients) {
            this.clients = clients;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            JettyExchange exchange =
                    new JettyExchange(
                            request,
                            response,
                            callback,
                            open,
                            new SettledAnswers(),
                            Instant.now(),
                            clients);
            assertThat(exchange.pull(JettyExchangeTest::takeAll)).isEqualTo(Pull.WAIT);
            Rest rest = new Rest(exchange);
            waiter = new WeakReference<>(rest);
            exchange.whenReadable(rest);
            waiting.add(exchange);
            return true;
        }
    }

    private final class Rest implements Runnable {
        private final JettyExchange exchange;

        Rest(JettyExchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void run() {
            if (exchange.pull(JettyExchangeTest::takeAll) == Pull.END) {
                exchange.hold(() -> {});
                read.countDown();
            }
        }
    }
}
