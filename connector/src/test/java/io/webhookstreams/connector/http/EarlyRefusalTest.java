/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * A request may be refused while its body is on its way. Its sender, who reads no answer before all
 * is sent, gets that answer and not a reset connection, which would only make it send again.
 */
class EarlyRefusalTest extends ServerTestBase {

    /** More than the buffers of both ends of a connection take. */
    private static final byte[] LARGE = new byte[16 << 20];

    @Test
    void a_body_that_is_declared_too_large_is_413() throws Exception {
        start();
        assertRefused(send(aDelivery().POST(BodyPublishers.ofByteArray(LARGE))), 413, "too_large");
    }

    @Test
    void a_body_that_becomes_too_large_is_413() throws Exception {
        MemorySize small = MemorySize.parse("1kb");
        start(options().orders(o -> o.set(StreamOptions.MAX_BODY, small)));

        HttpResponse<String> response =
                send(
                        aDelivery()
                                .POST(
                                        BodyPublishers.fromPublisher(
                                                BodyPublishers.ofByteArray(LARGE))));

        assertRefused(response, 413, "too_large");
    }

    @Test
    void a_sender_without_a_credential_is_told_401_whatever_it_sends() throws Exception {
        start(options().orders(o -> o.set(StreamOptions.MAX_BODY, MemorySize.ofMebiBytes(8))));
        assertThat(
                        send(aDelivery()
                                        .setHeader("Authorization", "Bearer wrong")
                                        .POST(BodyPublishers.ofByteArray(new byte[4 << 20])))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void a_raw_sender_that_writes_everything_first_reads_its_answer() throws Exception {
        start();
        try (RawClient client = new RawClient(server().port())) {
            client.send(
                    "POST /in/nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + LARGE.length
                            + "\r\n\r\n");
            for (int sent = 0; sent < LARGE.length; sent += 1 << 16) {
                client.send("x".repeat(1 << 16));
            }

            assertThat(client.readAll()).startsWith("HTTP/1.1 404").contains("unknown_stream");
        }
    }

    @Test
    void a_sender_for_whose_body_there_is_no_room_is_told_to_come_again() throws Exception {
        MemorySize little = MemorySize.parse("64kb");
        start(options().listener(l -> l.set(ListenerOptions.UNVERIFIED_MAX_BYTES, little)));
        try (RawClient client = new RawClient(server().port())) {
            client.send(
                    "POST /in/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + TestServer.TOKEN
                            + "\r\nContent-Length: 1000000\r\n\r\n"
                            + "x".repeat(100_000));
            assertThat(client.read("HTTP/1.1 503".length())).isEqualTo("HTTP/1.1 503");

            for (int sent = 100_000; sent < 1_000_000; sent += 10_000) {
                client.send("x".repeat(10_000));
            }

            assertThat(client.readAll()).contains("Retry-After", "overloaded");
        }
    }

    @Test
    void a_sender_that_goes_on_after_its_body_was_late_reads_its_answer() throws Exception {
        start(options().orders(o -> o.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(100))));
        try (RawClient client = new RawClient(server().port())) {
            client.send(
                    "POST /in/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                            + TestServer.TOKEN
                            + "\r\nContent-Length: 1000000\r\n\r\nx");
            assertThat(client.read("HTTP/1.1 408".length())).isEqualTo("HTTP/1.1 408");

            for (int sent = 1; sent < 1_000_000; sent += 9_999) {
                client.send("x".repeat(9_999));
            }

            assertThat(client.readAll()).contains("slow_body");
        }
    }
}
