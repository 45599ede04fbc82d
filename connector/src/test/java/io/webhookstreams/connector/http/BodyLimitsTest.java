/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.configuration.MemorySize;
import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

class BodyLimitsTest extends ServerTestBase {

    private static final String HEADERS =
            "POST /in/orders HTTP/1.1\r\nHost: x\r\nX-Event-Id: 1\r\nAuthorization: Bearer "
                    + TestServer.TOKEN
                    + "\r\n";

    @Test
    void a_body_without_a_declared_length_is_413_once_it_passes_the_cap() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.MAX_BODY, new MemorySize(1024))));

        assertRefused(
                send(
                        aDelivery()
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () -> new ByteArrayInputStream(new byte[1025])))),
                413,
                "too_large");
    }

    @Test
    void a_body_of_exactly_the_cap_passes_in_many_chunks() throws Exception {
        TestServer server =
                start(options().orders(s -> s.set(StreamOptions.MAX_BODY, new MemorySize(9))));
        try (RawClient client = new RawClient(server.port())) {
            client.send(HEADERS + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
            client.send("4\r\nabcd\r\n").send("4\r\nefgh\r\n").send("1\r\ni\r\n0\r\n\r\n");

            WebhookDelivery delivery = server.intake.awaitDelivery();
            server.intake.completeCheckpoint();

            assertThat(delivery.body()).asString(StandardCharsets.UTF_8).isEqualTo("abcdefghi");
            assertThat(client.readAll()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_body_that_does_not_come_is_408() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(200))));
        try (RawClient client = new RawClient(server().port())) {
            String answer = client.send(HEADERS + "Content-Length: 10\r\n\r\nabc").readAll();

            assertThat(answer)
                    .startsWith("HTTP/1.1 408")
                    .contains("\"code\":\"slow_body\"", "Connection: close");
        }
    }

    @Test
    void a_body_of_another_length_than_declared_is_reset_over_http_2_and_leaves_nothing_behind()
            throws Exception {
        start(options().orders(s -> s.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(200))));
        try (Http2Sender sender = new Http2Sender(server().uri(TestServer.ORDERS))) {
            Request request =
                    sender.aDelivery("evt_1", EVENT).headers(h -> h.put("Content-Length", 1_000));

            assertThat(sender.send(request)).failsWithin(Duration.ofSeconds(20));
            await(() -> server().parts().open.now() == 0);
        }
    }

    @Test
    void a_gzipped_body_is_inflated_into_the_record() throws Exception {
        TestServer server = start();

        var answer =
                sendAsync(
                        aDelivery()
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip(EVENT))));
        WebhookDelivery delivery = server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(delivery.body()).asString(StandardCharsets.UTF_8).isEqualTo(EVENT);
        assertThat(delivery.header("content-encoding")).isNull();
    }

    @Test
    void a_deflated_body_is_inflated_into_the_record() throws Exception {
        TestServer server = start();
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(EVENT.getBytes(StandardCharsets.UTF_8));
        }

        var answer =
                sendAsync(
                        aDelivery()
                                .header("Content-Encoding", "deflate")
                                .POST(BodyPublishers.ofByteArray(deflated.toByteArray())));
        WebhookDelivery delivery = server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(delivery.body()).asString(StandardCharsets.UTF_8).isEqualTo(EVENT);
    }

    @Test
    void a_body_that_inflates_beyond_the_cap_is_413() throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.MAX_INFLATED_BODY, new MemorySize(4096))
                                                .set(
                                                        StreamOptions.MAX_BODY,
                                                        new MemorySize(4096))));

        assertRefused(
                send(
                        aDelivery()
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip("0".repeat(1_000_000))))),
                413,
                "too_large");
    }

    @Test
    void a_body_that_is_not_what_its_encoding_says_is_400() throws Exception {
        start();

        assertRefused(send(aDelivery().header("Content-Encoding", "gzip")), 400, "bad_encoding");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return zipped.toByteArray();
    }
}
