/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.webhookstreams.test.support.FreePorts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class CuttingProxyTest {

    private static final String BODY = "the body that is sent, and comes back";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    requests.incrementAndGet();
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void it_passes_requests_and_answers_on() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(List.of(server.getAddress()))) {
            assertThat(post(proxy)).isEqualTo(BODY);
            assertThat(post(proxy)).isEqualTo(BODY);
            assertThat(proxy.cuts()).isZero();
        }
    }

    @Test
    void a_yes_that_is_cut_was_said_and_is_not_heard() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(List.of(server.getAddress()))) {
            proxy.cutOneIn(1);
            assertThatThrownBy(() -> post(proxy)).isInstanceOf(IOException.class);
            assertThat(requests).hasValue(1);
            assertThat(proxy.cuts()).isEqualTo(1);

            proxy.cutNone();
            assertThat(post(proxy)).isEqualTo(BODY);
        }
    }

    @Test
    void every_second_yes_is_cut() throws Exception {
        try (CuttingProxy proxy = CuttingProxy.to(List.of(server.getAddress()))) {
            proxy.cutOneIn(2);
            assertThat(post(proxy)).isEqualTo(BODY);
            assertThatThrownBy(() -> post(proxy)).isInstanceOf(IOException.class);
            assertThat(post(proxy)).isEqualTo(BODY);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
    }

    @Test
    void a_no_is_passed_on() throws Exception {
        status = 503;
        try (CuttingProxy proxy = CuttingProxy.to(List.of(server.getAddress()))) {
            proxy.cutOneIn(1);
            assertThat(post(proxy)).isEqualTo(BODY);
            assertThat(proxy.cuts()).isZero();
        }
    }

    @Test
    void a_connection_goes_to_a_server_that_is_there() throws Exception {
        InetSocketAddress nobody =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.one());
        try (CuttingProxy proxy = CuttingProxy.to(List.of(nobody, server.getAddress()))) {
            assertThat(post(proxy)).isEqualTo(BODY);
        }
    }

    /** After an upgrade as with prior knowledge, the frame with the headers is what is cut. */
    @Test
    void over_http_2_all_but_the_yes_is_passed_on() throws Exception {
        String upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n";
        byte[] settings = {0, 0, 0, 4, 0, 0, 0, 0, 0};
        byte[] no = {0, 0, 1, 1, 5, 0, 0, 0, 1, (byte) 0x8d};
        byte[] yes = {0, 0, 4, 1, 5, 0, 0, 0, 3, 0x3f, (byte) 0xe1, 0x7f, (byte) 0x88};
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                CuttingProxy proxy =
                        CuttingProxy.to(
                                List.of((InetSocketAddress) listener.getLocalSocketAddress()));
                Socket vendor = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket speaker = listener.accept()) {
            proxy.cutOneIn(1);
            speaker.getOutputStream().write(upgrade.getBytes(StandardCharsets.ISO_8859_1));
            speaker.getOutputStream().write(settings);
            speaker.getOutputStream().write(no);
            speaker.getOutputStream().write(yes);

            byte[] heard = vendor.getInputStream().readAllBytes();

            assertThat(heard).hasSize(upgrade.length() + settings.length + no.length);
            assertThat(heard).endsWith(no);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
    }

    private String post(CuttingProxy proxy) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(proxy.endpoints("/").next())
                        .POST(HttpRequest.BodyPublishers.ofString(BODY))
                        .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
