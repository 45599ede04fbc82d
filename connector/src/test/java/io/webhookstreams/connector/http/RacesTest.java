/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;

import org.eclipse.jetty.client.Request;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Completion, deadline, departure and close, in every order: one answer, and nothing leaks. */
class RacesTest extends ServerTestBase {

    private static final int THOUSANDS = 5_000;

    @Test
    void a_sender_that_goes_away_while_held_frees_its_room_and_keeps_its_delivery()
            throws Exception {
        TestServer server = start();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            Request request = sender.aDelivery("evt_1", EVENT);
            CompletableFuture<Integer> answer = sender.send(request);
            server.intake.awaitDelivery();

            request.abort(new IllegalStateException("the sender gives up")).get();

            assertThat(server.parts().open.awaitNone(Duration.ofSeconds(5))).isTrue();
            assertThat(server.parts().admission.held().used()).isZero();
            assertThat(answer).isCompletedExceptionally();
            assertThat(server.intake.appended()).hasSize(1);
        }
    }

    @Test
    void a_sender_that_drops_its_connection_while_held_frees_its_room_at_the_answer()
            throws Exception {
        TestServer server = start();
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST /in/orders HTTP/1.1\r\nHost: x\r\nX-Event-Id: 1\r\nContent-Length: 2\r\n"
                            + "Authorization: Bearer "
                            + TestServer.TOKEN
                            + "\r\n\r\n{}");
            server.intake.awaitDelivery();
            client.abort();
        }

        server.intake.completeCheckpoint();

        assertThat(server.parts().open.awaitNone(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void departure_against_completion_leaves_nothing_open() throws Exception {
        TestServer server = start();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int connection = 0; connection < 10; connection++) {
            // Few on each: a connection with hundreds of resets a second is closed as an attack.
            try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
                for (int round = 0; round < 20; round++) {
                    leaveWhileCompleting(sender, random.nextInt(20_000));
                }
            }
        }
        assertThat(server.parts().open.awaitNone(Duration.ofSeconds(5)))
                .as("seed: %d", seed)
                .isTrue();
    }

    private void leaveWhileCompleting(Http2Sender sender, int nanos) throws Exception {
        Request request = sender.aDelivery("evt_1", EVENT);
        CompletableFuture<Integer> answer = sender.send(request);
        server().intake.awaitDelivery();
        CompletableFuture<Boolean> departure =
                CompletableFuture.supplyAsync(() -> new IllegalStateException("gives up"))
                        .thenCompose(request::abort);
        spin(nanos);
        server().intake.completeCheckpoint();
        departure.get(5, TimeUnit.SECONDS);
        answer.handle((status, failure) -> status).get(5, TimeUnit.SECONDS);
    }

    @Test
    void deadline_against_completion_gives_each_request_one_answer() throws Exception {
        TestServer server =
                start(
                        options()
                                .orders(
                                        s ->
                                                s.set(
                                                        StreamOptions.ANSWER_DEADLINE,
                                                        Duration.ofMillis(100))));
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(sender.send(sender.aDelivery("evt_" + i, EVENT)));
            }
            for (int i = 0; i < 500; i++) {
                server.intake.awaitDelivery();
                server.intake.completeCheckpoint();
            }
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isIn(200, 503);
            }
        }
    }

    @Test
    void close_against_completion_gives_each_request_one_answer() throws Exception {
        TestServer server = start();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                answers.add(sender.send(sender.aDelivery("evt_" + i, EVENT)));
            }
            server.intake.awaitDelivery();
            CompletableFuture<Void> completion =
                    CompletableFuture.runAsync(server.intake::completeCheckpoint);
            server.readerCloses();
            completion.get(5, TimeUnit.SECONDS);
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isIn(200, 503);
            }
        }
    }

    @Test
    void thousands_of_requests_held_on_one_connection_are_all_answered() throws Exception {
        TestServer server = startForThousands();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            List<CompletableFuture<Integer>> answers = hold(THOUSANDS, sender);
            assertThat(answers).noneMatch(CompletableFuture::isDone);

            server.settlers().execute(server.intake::completeCheckpoint);

            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void settlements_on_several_threads_answer_every_request_of_one_connection() throws Exception {
        TestServer server = startForThousands();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < THOUSANDS; i++) {
                answers.add(sender.send(sender.aDelivery("evt_" + i, EVENT)));
                server.intake.awaitDelivery();
                server.settlers().execute(server.intake::completeCheckpoint);
            }
            for (CompletableFuture<Integer> answer : answers) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
    }

    @Test
    void a_connection_that_breaks_while_its_answers_leave_gives_back_their_room() throws Exception {
        TestServer server = startForThousands();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
                List<CompletableFuture<Integer>> unused = hold(THOUSANDS, sender);
                server.settlers().execute(server.intake::completeCheckpoint);
                spin(random.nextInt(5_000_000));
            }
            assertThat(server.parts().open.awaitNone(Duration.ofSeconds(5)))
                    .as("seed: %d", seed)
                    .isTrue();
            assertThat(server.parts().admission.held().used()).as("seed: %d", seed).isZero();
        }
    }

    private TestServer startForThousands() throws Exception {
        return start(options().listener(l -> l.set(ListenerOptions.HTTP2_MAX_STREAMS, THOUSANDS)));
    }

    /** Sends so many over one connection, and waits until they are appended. */
    private List<CompletableFuture<Integer>> hold(int number, Http2Sender sender) throws Exception {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            answers.add(sender.send(sender.aDelivery("evt_" + i, EVENT)));
        }
        for (int i = 0; i < number; i++) {
            server().intake.awaitDelivery();
        }
        return answers;
    }

    private static void spin(int nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
