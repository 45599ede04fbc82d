/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static io.webhookstreams.connector.ListenerOptions.UNVERIFIED_MAX_BYTES;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.Signer;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Senders without a secret can neither fill the memory nor starve a vendor with one. */
class SlowSendersTest extends ServerTestBase {

    private static final int SENDERS = 1_000;
    private static final int SILENT = 30;
    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final MemorySize BUDGET = MemorySize.ofMebiBytes(1);
    private static final byte[] VENDORS_BODY = new byte[600_000];

    @Test
    void a_thousand_slow_senders_without_a_secret_do_not_keep_out_a_vendor_with_one()
            throws Exception {
        TestServer server =
                start(
                        options()
                                .orders(s -> s.set(StreamOptions.AUTH_TYPE, "github"))
                                .listener(l -> l.set(UNVERIFIED_MAX_BYTES, BUDGET)));
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SENDERS; i++) {
                slow.add(aSlowSender(server));
            }
            // Each holds its first buffer by now or has been cut: together they have filled up.
            for (RawClient sender : slow) {
                sendMoreUnlessCut(sender);
            }

            CompletableFuture<HttpResponse<String>> vendor = sendAsync(aSignedDelivery());
            assertThat(server.intake.awaitDelivery().body()).hasSize(VENDORS_BODY.length);
            server.intake.completeCheckpoint();

            assertThat(vendor.get().statusCode()).isEqualTo(200);
            assertThat(server.parts().metrics.cutSoFar()).isPositive();
            assertThat(server.parts().admission.unverified().size()).isLessThan(SENDERS);
        } finally {
            for (RawClient sender : slow) {
                sender.abort();
            }
        }
    }

    @Test
    void a_body_that_is_cut_is_out_of_the_memory_while_its_sender_is_still_listened_to()
            throws Exception {
        TestServer server =
                start(
                        options()
                                .orders(s -> s.set(StreamOptions.AUTH_TYPE, "github"))
                                .orders(s -> s.set(StreamOptions.BODY_TIMEOUT, ONE_SECOND)));
        List<RawClient> silent = new ArrayList<>();
        long before = usedBytes();
        try {
            for (int i = 0; i < SILENT; i++) {
                silent.add(aSender(server, 1_000_000, 999_999));
            }
            for (RawClient sender : silent) {
                assertThat(sender.read("HTTP/1.1 408".length())).isEqualTo("HTTP/1.1 408");
            }

            // Silent as they are, Jetty has their requests for seconds.
            assertThat(usedBytes() - before).isLessThan(SILENT * 1_000_000L / 3);
        } finally {
            for (RawClient sender : silent) {
                sender.abort();
            }
        }
    }

    /** Of the heap, by what can be reached: the collector of these tests stops the world. */
    private static long usedBytes() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        return heap.totalMemory() - heap.freeMemory();
    }

    private static RawClient aSlowSender(TestServer server) throws IOException {
        return aSender(server, 500_000, 2_000);
    }

    /** Its signature has the right form, so that only the whole body can give it away. */
    private static RawClient aSender(TestServer server, int declared, int sent) throws IOException {
        return new RawClient(server.port())
                .send(
                        "POST /in/orders HTTP/1.1\r\nHost: x\r\nContent-Length: "
                                + declared
                                + "\r\nX-Event-Id: 1\r\nX-Hub-Signature-256: sha256="
                                + "0".repeat(64)
                                + "\r\n\r\n"
                                + "s".repeat(sent));
    }

    private HttpRequest.Builder aSignedDelivery() throws Exception {
        SecretRef ref = SecretRef.parse("file:" + folder.resolve("token"));
        Signer signer =
                AuthSchemes.signer(AuthSettings.of("github", ref), LocalSecrets.below(folder));
        HttpRequest.Builder delivery =
                aRequest(server().uri(TestServer.ORDERS))
                        .header("X-Event-Id", "evt_1")
                        .POST(BodyPublishers.ofByteArray(VENDORS_BODY));
        signer.sign(VENDORS_BODY, Instant.now(), "evt_1").forEach(delivery::header);
        return delivery;
    }

    private static void sendMoreUnlessCut(RawClient sender) {
        try {
            sender.send("s".repeat(2_000));
        } catch (IOException e) {
            // The server has cut it, which is what this test is about.
            assertThat(e).isNotNull();
        }
    }
}
