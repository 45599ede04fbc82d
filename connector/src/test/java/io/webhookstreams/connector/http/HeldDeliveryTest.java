/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.ingest.Intake;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class HeldDeliveryTest extends ServerTestBase {

    @Test
    void a_delivery_is_answered_only_when_its_checkpoint_completes() throws Exception {
        TestServer server = start();

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        WebhookDelivery delivery = server.intake.awaitDelivery();

        assertThat(answer).isNotDone();
        assertThat(delivery.body()).asString(StandardCharsets.UTF_8).isEqualTo(EVENT);
        assertThat(delivery.eventId()).isEqualTo("evt_1");
        assertThat(delivery.secretName()).isEqualTo("current");

        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(answer.get().body()).isEmpty();
    }

    @Test
    void a_delivery_that_is_not_durable_in_time_is_refused_and_stays_appended() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.ANSWER_DEADLINE, Duration.ofMillis(200))));

        assertRefused(send(aDelivery()), 503, "not_durable_in_time");
        assertThat(server().intake.appended()).hasSize(1);
    }

    @Test
    void not_durable_in_time_is_said_with_the_status_that_the_stream_chooses() throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.ANSWER_DEADLINE, Duration.ofMillis(200))
                                                .set(DeadlineOptions.DEADLINE_STATUS, 504)));

        HttpResponse<String> late = send(aDelivery());
        server().intake.becomes(Intake.Status.STALLED);
        HttpResponse<String> stalled = send(aDelivery());

        for (HttpResponse<String> answer : List.of(late, stalled)) {
            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("\"code\":\"not_durable_in_time\"", ":504");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
        server().intake.becomes(Intake.Status.STARTING);
        assertRefused(send(aDelivery()), 503, "restarting");
    }

    @Test
    void the_idle_timeout_does_not_cut_a_held_request() throws Exception {
        TestServer server =
                start(
                        options()
                                .listener(
                                        l ->
                                                l.set(
                                                        ListenerOptions.IDLE_TIMEOUT,
                                                        Duration.ofSeconds(1)))
                                .orders(
                                        s ->
                                                s.set(
                                                        StreamOptions.ANSWER_DEADLINE,
                                                        Duration.ofMillis(2_500))));
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            CompletableFuture<Integer> overHttp2 = sender.send(sender.aDelivery("evt_2", EVENT));

            assertRefused(send(aDelivery()), 503, "not_durable_in_time");
            assertThat(overHttp2.get()).isEqualTo(503);
        }
    }

    @Test
    void a_reader_that_closes_answers_what_it_held() throws Exception {
        TestServer server = start();
        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();

        server.readerCloses();

        assertRefused(answer.get(), 503, "restarting");
    }
}
