/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static io.webhookstreams.connector.ListenerOptions.HELD_MAX_BYTES;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.LifecycleOptions;
import io.webhookstreams.connector.LifecycleOptions.State;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.ingest.Intake;

import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class StatusCodesTest extends ServerTestBase {

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void a_durable_delivery_gets_the_streams_success_status(int status) throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.SUCCESS_STATUS, status)
                                                .set(StreamOptions.TIER, Tier.ACCEPT)));

        HttpResponse<String> response = send(aDelivery());

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    }

    @Test
    void before_any_source_has_registered_every_path_is_503_and_never_404() throws Exception {
        startWithoutReader(options());

        assertRefused(send(aDelivery()), 503, "restarting");
        assertRefused(send(aRequest(server().uri("/else"))), 503, "restarting");
    }

    @Test
    void an_unknown_path_is_404() throws Exception {
        start();

        assertRefused(send(aRequest(server().uri("/in/else"))), 404, "unknown_stream");
    }

    @Test
    void another_method_is_405_and_says_which_are_allowed() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.METHODS, List.of("POST", "PUT"))));

        HttpResponse<String> response = send(aRequest(server().uri(TestServer.ORDERS)));

        assertRefused(response, 405, "method_not_allowed");
        assertThat(response.headers().firstValue("allow")).contains("POST, PUT");
    }

    @Test
    void a_missing_credential_is_401_before_the_body_is_read() throws Exception {
        start();

        HttpResponse<String> response =
                send(
                        aRequest(server().uri(TestServer.ORDERS))
                                .POST(BodyPublishers.ofString(EVENT)));

        assertRefused(response, 401, "unauthorized");
        assertThat(response.headers().firstValue("www-authenticate")).isPresent();
    }

    @Test
    void a_wrong_credential_is_401_and_says_no_more_than_a_missing_one() throws Exception {
        start();

        HttpResponse<String> wrong =
                send(aDelivery().setHeader("Authorization", "Bearer not-the-token"));

        assertRefused(wrong, 401, "unauthorized");
        assertThat(wrong.body()).doesNotContain("detail", "token");
    }

    @Test
    void a_media_type_outside_the_streams_list_is_415() throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(
                                                StreamOptions.CONTENT_TYPES,
                                                List.of("application/json"))));

        assertRefused(
                send(aDelivery().setHeader("Content-Type", "text/plain")),
                415,
                "unsupported_media_type");
    }

    @Test
    void an_unknown_content_encoding_is_415() throws Exception {
        start();

        assertRefused(
                send(aDelivery().header("Content-Encoding", "br")), 415, "unsupported_encoding");
    }

    @Test
    void a_content_encoding_that_is_there_twice_is_415() throws Exception {
        start();

        assertRefused(
                send(
                        aDelivery()
                                .header("Content-Encoding", "gzip")
                                .header("Content-Encoding", "gzip")),
                415,
                "unsupported_encoding");
    }

    @Test
    void a_declared_length_above_the_cap_is_413_without_reading() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.MAX_BODY, new MemorySize(64))));

        assertRefused(
                send(aDelivery().POST(BodyPublishers.ofString("x".repeat(65)))), 413, "too_large");
    }

    @Test
    void an_event_id_that_is_not_there_is_400_and_says_where_it_was_expected() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.EVENT_ID, "json:/event/id")));

        HttpResponse<String> response = send(aDelivery());

        assertRefused(response, 400, "bad_request");
        assertThat(response.body()).contains("event id: missing (expected: at json:/event/id)");
    }

    @Test
    void a_full_queue_is_503_where_the_vendor_retries_that() throws Exception {
        start().intake.isFull(true);

        assertRefused(send(aDelivery()), 503, "overloaded");
    }

    @Test
    void retry_after_is_the_time_until_there_is_room_and_up_to_twice_that() throws Exception {
        TestServer server = start();
        server.intake.isFull(true);
        server.intake.drainsIn(Duration.ofSeconds(20));
        server.intake.completesIn(Duration.ofSeconds(3));

        assertThat(retryAfter(send(aDelivery()))).isBetween(20L, 40L);
    }

    @Test
    void retry_after_is_the_time_until_the_next_checkpoint_while_none_completes() throws Exception {
        TestServer server = start();
        server.intake.becomes(Intake.Status.STALLED);
        server.intake.completesIn(Duration.ofSeconds(7));

        assertThat(retryAfter(send(aDelivery()))).isBetween(7L, 14L);
    }

    @Test
    void retry_after_is_the_refusals_own_where_nobody_knows_the_end() throws Exception {
        start(options().orders(s -> s.set(LifecycleOptions.STATE, State.PAUSED)));

        assertThat(retryAfter(send(aDelivery()))).isBetween(30L, 60L);
    }

    @Test
    void retry_after_is_in_milliseconds_where_the_vendor_reads_it_so() throws Exception {
        TestServer server = start(options().orders(s -> s.setString("retry-after.unit", "ms")));
        server.intake.isFull(true);
        server.intake.drainsIn(Duration.ofSeconds(20));

        assertThat(retryAfter(send(aDelivery()))).isBetween(20_000L, 40_000L);
    }

    private static long retryAfter(HttpResponse<String> response) {
        return response.headers().firstValueAsLong("Retry-After").orElseThrow();
    }

    @Test
    void a_full_queue_is_429_where_the_vendor_retries_that() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.OVERLOAD_STATUS, 429))).intake.isFull(true);

        assertRefused(send(aDelivery()), 429, "queue_full");
    }

    @Test
    void too_many_held_requests_are_refused_as_overload() throws Exception {
        MemorySize room = new MemorySize(8L * Admission.HELD_REQUEST_BYTES);
        TestServer server = start(options().listener(l -> l.set(HELD_MAX_BYTES, room)));
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            held.add(sendAsync(aDelivery()));
            server.intake.awaitDelivery();
        }

        assertRefused(send(aDelivery()), 503, "overloaded");

        server.intake.completeCheckpoint();
        for (CompletableFuture<HttpResponse<String>> answer : held) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_reader_whose_checkpoints_have_stopped_refuses_at_once() throws Exception {
        start().intake.becomes(Intake.Status.STALLED);

        assertRefused(send(aDelivery()), 503, "not_durable_in_time");
    }

    @Test
    void a_reader_that_owns_no_lanes_yet_is_restarting() throws Exception {
        start().intake.becomes(Intake.Status.STARTING);

        assertRefused(send(aDelivery()), 503, "restarting");
    }

    @Test
    void between_two_attempts_senders_are_told_to_come_again() throws Exception {
        TestServer server = start();
        server.readerCloses();

        assertRefused(send(aDelivery()), 503, "restarting");

        server.intake.becomes(Intake.Status.OPEN);
        server.register();
        var answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }
}
