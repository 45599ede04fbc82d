/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.ingest.Intake.Offer;
import io.webhookstreams.connector.ingest.Intake.Status;

import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** What a sender hears whose delivery the reader knows. */
class RetriesTest extends ServerTestBase {

    @Test
    void a_retry_of_what_is_pending_is_held_on_its_own_account_and_answered_with_it()
            throws Exception {
        TestServer server = start();
        CompletableFuture<HttpResponse<String>> first = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.takesRetriesAs(Offer.JOINED);

        CompletableFuture<HttpResponse<String>> retry = sendAsync(aDelivery());
        server.intake.awaitDelivery();

        assertThat(server.intake.appended()).hasSize(1);
        assertThat(server.parts().admission.held().used())
                .isEqualTo(2L * Admission.HELD_REQUEST_BYTES);
        assertThat(retry).isNotDone();
        server.intake.completeCheckpoint();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(retry.get().statusCode()).isEqualTo(200);
        await(() -> counter("coalescedPending") == 1);
    }

    @Test
    void a_retry_of_what_is_durable_is_answered_at_once_and_says_nothing_of_checkpoints()
            throws Exception {
        TestServer server = start(options().orders(s -> s.set(StreamOptions.SUCCESS_STATUS, 202)));
        server.intake.takesRetriesAs(Offer.DURABLE);

        assertThat(send(aDelivery()).statusCode()).isEqualTo(202);

        assertThat(server.intake.appended()).isEmpty();
        assertThat(counter("coalescedDurable")).isEqualTo(1);
        await(() -> counter("code", "ok", "answered") == 1);
        assertThat(
                        server.metrics
                                .getHistogram("stream", "orders", "timeToDurableMicros")
                                .orElseThrow()
                                .getStatistics()
                                .size())
                .isZero();
    }

    @Test
    void a_retry_of_what_is_durable_needs_no_room_to_be_held() throws Exception {
        TestServer server = start();
        fillHeld(server);
        assertRefused(send(aDelivery()), 503, "overloaded");

        server.intake.takesRetriesAs(Offer.DURABLE);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        assertThat(counter("coalescedDurable")).isEqualTo(1);
        await(() -> counter("code", "ok", "answered") == 1);

        server.intake.takesRetriesAs(Offer.JOINED);
        assertRefused(send(aDelivery()), 503, "overloaded");
        server.giveBack();
    }

    @Test
    void a_retry_of_what_is_durable_is_answered_while_the_listener_drains() throws Exception {
        TestServer server = start();
        server.parts().admission.drain().drain();
        assertRefused(send(aDelivery()), 503, "draining");

        server.intake.takesRetriesAs(Offer.DURABLE);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        server.intake.takesRetriesAsOfShed(true);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        await(() -> counter("code", "shed", "answered") == 1);
    }

    @Test
    void a_retry_of_what_is_durable_is_answered_while_checkpoints_do_not_complete()
            throws Exception {
        TestServer server = start();
        server.intake.becomes(Status.STALLED);
        assertRefused(send(aDelivery()), 503, "not_durable_in_time");

        server.intake.takesRetriesAs(Offer.DURABLE);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        assertThat(server.parts().admission.held().used()).isZero();
    }

    @Test
    void a_reader_that_starts_or_has_gone_answers_nothing_from_memory() throws Exception {
        TestServer server = start();
        server.intake.takesRetriesAs(Offer.DURABLE);

        server.intake.becomes(Status.STARTING);
        assertRefused(send(aDelivery()), 503, "restarting");
        server.readerCloses();
        server.intake.becomes(Status.STALLED);
        assertRefused(send(aDelivery()), 503, "restarting");
    }

    @Test
    void a_stream_that_does_not_want_it_is_not_answered_from_memory() throws Exception {
        TestServer server = start(options().orders(s -> s.set(CoalescingOptions.ENABLED, false)));
        server.intake.takesRetriesAs(Offer.DURABLE);
        server.parts().admission.drain().drain();

        assertRefused(send(aDelivery()), 503, "draining");
    }

    private static void fillHeld(TestServer server) {
        ByteBudget held = server.parts().admission.held();
        server.taken.add(held.tryAcquire(held.available()));
    }

    @Test
    void over_http_2_a_retry_of_what_is_durable_is_answered_at_once_too() throws Exception {
        TestServer server = start();
        server.intake.takesRetriesAs(Offer.DURABLE);
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            assertThat(sender.send(sender.aDelivery("evt_1", EVENT)).get()).isEqualTo(200);
        }
    }

    @Test
    void each_request_has_its_own_deadline() throws Exception {
        TestServer server =
                start(
                        options()
                                .orders(
                                        s ->
                                                s.set(
                                                        StreamOptions.ANSWER_DEADLINE,
                                                        Duration.ofMillis(200))));
        server.intake.takesRetriesAs(Offer.JOINED);

        assertRefused(send(aDelivery()), 503, "not_durable_in_time");
    }

    @Test
    void a_sender_that_goes_away_does_not_hurt_the_one_that_has_joined() throws Exception {
        TestServer server = start();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            var leaving = sender.aDelivery("evt_1", EVENT);
            CompletableFuture<Integer> left = sender.send(leaving);
            server.intake.awaitDelivery();
            server.intake.takesRetriesAs(Offer.JOINED);
            CompletableFuture<Integer> joined = sender.send(sender.aDelivery("evt_1", EVENT));
            server.intake.awaitDelivery();

            leaving.abort(new IllegalStateException("the sender gives up")).get();
            await(() -> server.parts().admission.held().used() == Admission.HELD_REQUEST_BYTES);
            server.intake.completeCheckpoint();

            assertThat(joined.get()).isEqualTo(200);
            assertThat(left).isCompletedExceptionally();
        }
    }

    @Test
    void the_same_id_with_another_body_is_appended_and_counted() throws Exception {
        TestServer server = start();
        server.intake.takesRetriesAs(Offer.CONFLICTING);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        await(() -> counter("idConflicts") == 1);
    }

    @Test
    void a_stream_that_does_not_want_it_has_every_delivery_appended() throws Exception {
        TestServer server = start(options().orders(s -> s.set(CoalescingOptions.ENABLED, false)));
        server.intake.takesRetriesAs(Offer.DURABLE);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(server.intake.appended()).hasSize(1);
    }

    private long counter(String... below) {
        String[] name = new String[below.length + 2];
        name[0] = "stream";
        name[1] = "orders";
        System.arraycopy(below, 0, name, 2, below.length);
        return server().metrics.getCounter(name).orElseThrow().getCount();
    }
}
