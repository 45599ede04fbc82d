/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.ByteShare;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.lane.QueueBudget;

import org.apache.flink.configuration.Configuration;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a stream with {@code policy: queue} does before it refuses anything. */
class PausedReadsTest extends ServerTestBase {

    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void a_request_waits_unread_until_there_is_room() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> {});
        server.intake.isOverHighWater(true);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        await(() -> pausedNow() == 1);
        assertThat(server.intake.appended()).isEmpty();
        assertThat(answer).isNotDone();

        server.intake.isOverHighWater(false);
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(pausedNow()).isZero();
        assertThat(pausedReads()).isEqualTo(1);
    }

    @Test
    void a_request_waits_for_room_to_be_held_too() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> {});
        ByteShare room = server.parts().admission.heldShares().share("source/orders");
        Permit all = room.tryAcquire(room.most());

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        await(() -> pausedNow() == 1 || answer.isDone());
        assertThat(answer).isNotDone();

        all.close();
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(pausedNow()).isZero();
    }

    @Test
    void a_client_is_told_how_little_of_an_unread_body_it_may_send_over_http2() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> {});
        URI uri = server.uri(TestServer.ORDERS);
        CompletableFuture<SettingsFrame> settings = new CompletableFuture<>();
        HTTP2Client client = new HTTP2Client();
        client.start();
        try {
            CompletableFuture<Session> connected =
                    client.connect(
                            new InetSocketAddress(uri.getHost(), uri.getPort()),
                            new Session.Listener() {
                                @Override
                                public void onSettings(Session session, SettingsFrame frame) {
                                    settings.complete(frame);
                                }
                            });
            assertThat(
                            connected
                                    .thenCombine(settings, (session, frame) -> frame.getSettings())
                                    .get())
                    .containsEntry(SettingsFrame.INITIAL_WINDOW_SIZE, 64 * 1024);
        } finally {
            client.stop();
        }
    }

    @Test
    void over_http2_too() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> {});
        server.intake.isOverHighWater(true);
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            // More than the window: its sender has to wait as well.
            String large = "{\"id\":\"" + "x".repeat(700_000) + "\"}";
            CompletableFuture<Integer> status = sender.send(sender.aDelivery("evt_1", large));
            await(() -> pausedNow() == 1);
            assertThat(server.parts().admission.unverified().bytes()).isZero();

            server.intake.isOverHighWater(false);
            server.intake.awaitDelivery();
            server.intake.completeCheckpoint();
            assertThat(status.get()).isEqualTo(200);
        }
    }

    @Test
    void whoever_has_waited_for_long_enough_goes_on_and_is_taken_where_there_is_room()
            throws Exception {
        TestServer server = startWaitingFor(Duration.ofMillis(50), s -> {});
        server.intake.isOverHighWater(true);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(pausedReads()).isEqualTo(1);
    }

    @Test
    void whoever_has_waited_in_vain_is_refused_and_not_as_one_that_was_slow() throws Exception {
        Duration wait = Duration.ofMillis(300);
        TestServer server =
                startWaitingFor(
                        wait, s -> s.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(250)));
        server.intake.isOverHighWater(true);
        server.intake.isFull(true);

        assertRefused(send(aDelivery()), 503, "overloaded");
        assertThat(pausedReads()).isEqualTo(1);
    }

    @Test
    void no_more_wait_than_are_allowed_to() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> s.set(PolicyOptions.MAX_WAITING, 2));
        server.intake.isOverHighWater(true);
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(sendAsync(aDelivery()));
        }
        await(() -> pausedNow() == 2);

        // A stranger has taken nobody's place: it goes on, and is told who it is not.
        assertRefused(
                send(aDelivery().setHeader("Authorization", "Bearer somebody-elses-token")),
                401,
                "unauthorized");
        CompletableFuture<HttpResponse<String>> third = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        assertThat(pausedNow()).isEqualTo(2);

        server.intake.isOverHighWater(false);
        server.intake.awaitDelivery();
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        for (CompletableFuture<HttpResponse<String>> answer : waiting) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(third.get().statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_goes_on_leaves_its_place_to_the_next_one() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> s.set(PolicyOptions.MAX_WAITING, 1));

        for (int i = 0; i < 2; i++) {
            server.intake.isOverHighWater(true);
            CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
            await(() -> pausedNow() == 1);
            server.intake.isOverHighWater(false);
            server.intake.awaitDelivery();
            server.intake.completeCheckpoint();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(pausedReads()).isEqualTo(2);
    }

    @Test
    void two_hundred_wait_for_a_queue_of_sixteen_and_none_is_refused() throws Exception {
        TestServer.Options options =
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.ANSWER_DEADLINE, LONG.multipliedBy(2))
                                                .set(PolicyOptions.MAX_WAIT, LONG)
                                                .set(PolicyOptions.MAX_DELIVERIES, 16));
        TestServer server = start(options);
        server.intake.queuesIn(new QueueBudget(1 << 20, options.settings().streams()));
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        int untilHighWater = 15;
        for (int i = 0; i < untilHighWater; i++) {
            answers.add(sendAsync(aDelivery()));
            server.intake.awaitDelivery();
        }
        for (int i = 0; i < 200; i++) {
            answers.add(sendAsync(aDelivery()));
        }
        await(() -> pausedNow() == 200);

        int atOnce = 5;
        for (int i = 0; i < 200; i += atOnce) {
            server.intake.emits(atOnce);
            for (int j = 0; j < atOnce; j++) {
                server.intake.awaitDelivery();
            }
        }

        server.intake.completeCheckpoint();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_stream_that_rejects_does_not_wait() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> s.set(PolicyOptions.POLICY, Policy.REJECT));
        server.intake.isOverHighWater(true);
        server.intake.isFull(true);

        assertRefused(send(aDelivery()), 503, "overloaded");
        assertThat(pausedReads()).isZero();
    }

    @Test
    void a_reader_that_goes_away_keeps_nobody_waiting() throws Exception {
        TestServer server = startWaitingFor(LONG, s -> {});
        server.intake.isOverHighWater(true);
        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        await(() -> pausedNow() == 1);

        server.readerCloses();

        assertRefused(answer.get(), 503, "restarting");
    }

    @Test
    void what_is_answered_before_it_is_durable_is_counted_apart() throws Exception {
        TestServer server = start(options().orders(s -> s.setString("tier", "accept")));

        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);

        await(() -> answered("accepted") == 1);
        assertThat(answered("ok")).isZero();
        assertThat(
                        server.metrics
                                .getHistogram("stream", "orders", "timeToDurableMicros")
                                .orElseThrow()
                                .getStatistics()
                                .size())
                .isZero();
    }

    private TestServer startWaitingFor(Duration most, Consumer<Configuration> more)
            throws Exception {
        return start(
                options()
                        .orders(
                                s -> {
                                    s.set(StreamOptions.ANSWER_DEADLINE, most.multipliedBy(40));
                                    s.set(PolicyOptions.MAX_WAIT, most);
                                    more.accept(s);
                                }));
    }

    private long pausedNow() {
        return server().metrics
                .<Long>getGauge("stream", "orders", "pausedNow")
                .orElseThrow()
                .getValue();
    }

    private long pausedReads() {
        return server().metrics
                .getCounter("stream", "orders", "pausedReads")
                .orElseThrow()
                .getCount();
    }

    private long answered(String code) {
        return server().metrics
                .getCounter("stream", "orders", "code", code, "answered")
                .orElseThrow()
                .getCount();
    }
}
