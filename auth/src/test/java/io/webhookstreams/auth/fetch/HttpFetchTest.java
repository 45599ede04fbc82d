/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Against servers on loopback that do what servers do. */
class HttpFetchTest {

    private static final int MOST = 1000;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/small", 200, MOST);
        serve("/large", 200, MOST + 1);
        serve("/missing", 404, 10);
        serve("/down", 503, 10);
        server.createContext(
                "/moved",
                exchange -> {
                    exchange.getResponseHeaders().add("Location", url("/small").toString());
                    exchange.sendResponseHeaders(302, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_document_is_fetched() throws Exception {
        assertThat(fetch(Duration.ofSeconds(30)).get(url("/small")).get()).hasSize(MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/large too large (expected: at most 1000 bytes)",
                "/missing status 404 (expected: 200)",
                "/down status 503 (expected: 200)",
                "/moved status 302 (expected: 200)"
            })
    void what_is_no_document_is_told_and_asked_for_once(String pathAndReason) {
        String path = pathAndReason.substring(0, pathAndReason.indexOf(' '));
        String reason = pathAndReason.substring(pathAndReason.indexOf(' ') + 1);

        assertThatThrownBy(() -> fetch(Duration.ofSeconds(30)).get(url(path)).get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(FetchFailedException.class)
                .hasMessage(reason);
        assertThat(requests).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void nobody_listening_is_a_failure() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        URI url = URI.create("http://127.0.0.1:" + free + "/");

        assertThatThrownBy(() -> fetch(Duration.ofSeconds(30)).get(url).get())
                .hasMessageContaining("failed, ");
    }

    @Test
    void a_server_that_drips_is_cut_at_the_whole_time() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (ServerSocket drip = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> drip(drip, cut), "drip");
            thread.setDaemon(true);
            thread.start();
            URI url = URI.create("http://127.0.0.1:" + drip.getLocalPort() + "/");

            assertThatThrownBy(() -> fetch(Duration.ofMillis(300)).get(url).get())
                    .hasMessageContaining("no answer within 300 ms");
            assertThat(cut.await(30, TimeUnit.SECONDS)).as("connection closed").isTrue();
        }
    }

    @Test
    void what_does_not_even_wait_was_not_tried() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            HttpFetch fetch = fetch(Duration.ofSeconds(30));
            for (int i = 0; i < 2 + HttpFetch.MOST_WAITING; i++) {
                assertThat(fetch.get(url)).isNotDone();
            }

            assertThatThrownBy(() -> fetch.get(url).get())
                    .cause()
                    .isInstanceOf(FetchNotTriedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://allowed.example.com/a",
                "https://allowed.example.com:444/a",
                "https://user@allowed.example.com/a",
                "https://allowed.example.com.attacker.example/a",
                "https://attacker.example/allowed.example.com",
                "https://127.0.0.1/a",
                "https://allowed.example.com/a#b",
                "https:allowed.example.com",
                "file:///etc/passwd",
                "//allowed.example.com/a"
            })
    void a_url_that_is_not_allowed_is_not_even_looked_up(String url) {
        AtomicInteger lookups = new AtomicInteger();
        GuardedFetch guarded =
                GuardedFetch.over(
                        Pattern.compile("allowed\\.example\\.com"),
                        new HttpFetch.Wire(
                                counted(PublicAddressesTest.names("127.0.0.1"), lookups),
                                DefaultSchemePortResolver.INSTANCE,
                                null,
                                false));

        assertThatThrownBy(() -> guarded.get(URI.create(url)).get())
                .hasMessageContaining("not an allowed URL");
        assertThat(lookups).hasValue(0);
    }

    @Test
    void an_allowed_name_that_leads_to_this_machine_is_not_connected_to() throws Exception {
        try (ServerSocket inside = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GuardedFetch guarded =
                    GuardedFetch.over(
                            Pattern.compile("allowed\\.example\\.com"),
                            new HttpFetch.Wire(
                                    new PublicAddresses(PublicAddressesTest.names("127.0.0.1")),
                                    host -> inside.getLocalPort(),
                                    null,
                                    false));

            assertThatThrownBy(() -> guarded.get(URI.create("https://allowed.example.com/a")).get())
                    .hasMessageContaining("failed, UnknownHostException");
            inside.setSoTimeout(1);
            assertThatThrownBy(inside::accept).as("nobody came").isInstanceOf(IOException.class);
        }
    }

    private static DnsResolver counted(DnsResolver names, AtomicInteger lookups) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                lookups.incrementAndGet();
                return names.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private HttpFetch fetch(Duration time) {
        return new HttpFetch(
                new HttpFetch.Wire(
                        SystemDefaultDnsResolver.INSTANCE,
                        DefaultSchemePortResolver.INSTANCE,
                        null,
                        false),
                time,
                MOST);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private void serve(String path, int status, int bytes) {
        server.createContext(
                path,
                exchange -> {
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(status, bytes);
                    exchange.getResponseBody().write(new byte[bytes]);
                    exchange.close();
                });
    }

    private static void drip(ServerSocket listener, CountDownLatch cut) {
        try (Socket socket = listener.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('x');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20); // Its pace, which nothing waits for.
            }
        } catch (IOException | InterruptedException e) {
            cut.countDown();
        }
    }
}
