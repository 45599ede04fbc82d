/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Senders without a secret can neither fill the memory nor starve a vendor with one. */
class SlowSendersTest extends ServerTestBase {

    private static final int SENDERS = 1_000;
    private static final MemorySize BUDGET = MemorySize.ofMebiBytes(1);

    @Test
    void a_thousand_slow_senders_without_a_secret_do_not_keep_out_a_vendor_with_one()
            throws Exception {
        // Standard Webhooks judges the body's signature, so a forged one is found out at its end.
        TestServer server =
                start(
                        options()
                                .orders(
                                        s ->
                                                s.set(StreamOptions.AUTH_TYPE, "bearer")
                                                        .set(
                                                                StreamOptions.MAX_BODY,
                                                                MemorySize.ofMebiBytes(1)))
                                .listener(
                                        l -> l.set(ListenerOptions.UNVERIFIED_MAX_BYTES, BUDGET)));
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SENDERS; i++) {
                slow.add(aSlowSender(server));
            }
            // Each holds its first buffer by now or has been cut: together they have filled up.
            for (RawClient sender : slow) {
                sendMoreUnlessCut(sender);
            }

            CompletableFuture<HttpResponse<String>> vendor =
                    sendAsync(aDelivery().POST(BodyPublishers.ofString("v".repeat(600_000))));
            assertThat(server.intake.awaitDelivery().body()).hasSize(600_000);
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

    private static RawClient aSlowSender(TestServer server) throws IOException {
        return new RawClient(server.port())
                .send(
                        "POST /in/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n"
                                + "Authorization: Bearer "
                                + TestServer.TOKEN
                                + "\r\n\r\n"
                                + "s".repeat(2_000));
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
