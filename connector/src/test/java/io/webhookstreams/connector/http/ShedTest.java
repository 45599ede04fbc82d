/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.ingest.Intake.Offer;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a stream with {@code policy: shed} answers. */
class ShedTest extends ServerTestBase {

    /** One event that is in the sample of a tenth, and one that is not; see SamplingTest. */
    private static final String KEPT = "evt_5";

    private static final String SHED = "evt_6";

    /** The same for bodies by their digests. */
    private static final String KEPT_BODY = "{\"n\":29}";

    private static final String SHED_BODY = "{\"n\":30}";

    @ParameterizedTest
    @ValueSource(strings = {KEPT, SHED})
    void below_the_high_water_everything_is_kept(String event) throws Exception {
        TestServer server = startShedding();

        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(event));
        assertThat(rate(server.intake.awaitDelivery())).isEqualTo(1.0);
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(shed()).isZero();
    }

    @Test
    void above_it_the_sample_is_kept_and_says_which_part_it_is() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(KEPT));
        assertThat(rate(server.intake.awaitDelivery())).isEqualTo(0.1);
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(shed()).isZero();
    }

    @Test
    void the_rest_is_answered_by_the_checkpoint_and_appended_nowhere() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(1);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        await(() -> server.intake.pending() == 1);
        assertThat(answer).isNotDone();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(server.intake.appended()).isEmpty();
        await(() -> shed() == 1);
        await(() -> answered("shed") == 1);
        assertThat(answered("ok")).isZero();
    }

    @Test
    void each_spends_the_budget_once() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(2);

        for (int i = 0; i < 2; i++) {
            CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
            await(() -> server.intake.pending() > 0 || answer.isDone());
            assertThat(answer).isNotDone();
            server.intake.completeCheckpoint();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void of_a_stream_without_ids_the_body_says_what_is_in_the_sample() throws Exception {
        TestServer server = startShedding(s -> s.set(StreamOptions.EVENT_ID, "none"));
        server.intake.isOverHighWater(true);
        server.intake.mayShed(0);

        for (int i = 0; i < 5; i++) {
            CompletableFuture<HttpResponse<String>> kept = sendAsync(body(KEPT_BODY));
            assertThat(rate(server.intake.awaitDelivery())).isEqualTo(0.1);
            server.intake.completeCheckpoint();
            assertThat(kept.get().statusCode()).isEqualTo(200);
            assertRefused(send(body(SHED_BODY)), 503, "overloaded");
        }
    }

    @Test
    void nobody_is_kept_waiting() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(0);

        assertRefused(send(event(SHED)), 503, "overloaded");

        assertThat(
                        server.metrics
                                .getCounter("stream", "orders", "pausedReads")
                                .orElseThrow()
                                .getCount())
                .isZero();
    }

    @Test
    void the_id_of_another_one_with_its_own_body_is_a_shed_event_and_a_conflict() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(1);
        server.intake.takesRetriesAs(Offer.CONFLICTING);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        await(() -> server.intake.pending() == 1);
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        await(() -> answered("shed") == 1);
        await(() -> shed() == 1);
        await(() -> counter("idConflicts") == 1);
    }

    @Test
    void where_retries_are_not_recognised_each_is_shed() throws Exception {
        TestServer server = startShedding(s -> s.set(CoalescingOptions.ENABLED, false));
        server.intake.isOverHighWater(true);
        server.intake.takesRetriesAs(Offer.DURABLE);
        server.intake.mayShed(1);

        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        await(() -> server.intake.pending() == 1 || answer.isDone());
        assertThat(answer).isNotDone();
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        await(() -> shed() == 1);
    }

    @Test
    void one_that_finds_no_room_is_shed_too_unless_it_is_in_the_sample() throws Exception {
        TestServer server = startShedding();
        server.intake.isFull(true);
        server.intake.mayShed(1);

        assertRefused(send(event(KEPT)), 503, "overloaded");
        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        await(() -> server.intake.pending() == 1);
        server.intake.completeCheckpoint();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(server.intake.appended()).isEmpty();
    }

    @Test
    void when_the_budget_is_spent_the_rest_is_refused_and_the_sample_is_not() throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(0);

        assertRefused(send(event(SHED)), 503, "overloaded");
        assertThat(shed()).isZero();

        CompletableFuture<HttpResponse<String>> kept = sendAsync(event(KEPT));
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        assertThat(kept.get().statusCode()).isEqualTo(200);
    }

    @Test
    void what_was_shed_is_not_answered_when_the_reader_goes_before_the_checkpoint()
            throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.mayShed(1);
        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        await(() -> server.intake.pending() == 1);

        server.readerCloses();

        assertRefused(answer.get(), 503, "restarting");
        assertThat(answered("shed")).isZero();
    }

    /** Whatever the retry would have been: above or below the high water. */
    @ParameterizedTest(name = "{0}, {1} high water")
    @CsvSource({"JOINED, above", "JOINED, below", "DURABLE, above", "DURABLE, below"})
    void a_retry_of_what_was_shed_is_no_second_shed_event_and_is_answered_as_shed(
            Offer known, String level) throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(level.equals("above"));
        server.intake.takesRetriesAs(known);
        server.intake.takesRetriesAsOfShed(true);

        assertThat(retry(known)).isEqualTo(200);

        await(() -> answered("shed") == 1);
        assertThat(answered("ok")).isZero();
        assertThat(shed()).isZero();
        await(() -> coalesced(known) == 1);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"JOINED", "DURABLE"})
    void a_retry_of_what_was_kept_is_answered_as_kept_although_its_stream_sheds_by_now(Offer known)
            throws Exception {
        TestServer server = startShedding();
        server.intake.isOverHighWater(true);
        server.intake.takesRetriesAs(known);

        assertThat(retry(known)).isEqualTo(200);

        await(() -> answered("ok") == 1);
        assertThat(answered("shed")).isZero();
        assertThat(shed()).isZero();
        await(() -> coalesced(known) == 1);
    }

    private int retry(Offer known) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = sendAsync(event(SHED));
        if (known == Offer.JOINED) {
            server().intake.awaitDelivery();
            server().intake.completeCheckpoint();
        }
        return answer.get().statusCode();
    }

    private long coalesced(Offer known) {
        return server().metrics
                .getCounter(
                        "stream",
                        "orders",
                        known == Offer.JOINED ? "coalescedPending" : "coalescedDurable")
                .orElseThrow()
                .getCount();
    }

    private TestServer startShedding() throws Exception {
        return startShedding(s -> {});
    }

    private TestServer startShedding(Consumer<Configuration> more) throws Exception {
        return start(
                options()
                        .orders(
                                s ->
                                        s.set(PolicyOptions.POLICY, Policy.SHED)
                                                .set(PolicyOptions.SHED_BUDGET, 0.5))
                        .orders(more));
    }

    private HttpRequest.Builder body(String body) {
        return aDelivery().POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder event(String id) {
        return aDelivery().setHeader("X-Event-Id", id);
    }

    /** As the appended bytes have it. */
    private static double rate(WebhookDelivery draft) throws Exception {
        return WebhookDeliveryWire.read(WebhookDeliveryWire.bytesOf(draft)).samplingRate();
    }

    private long shed() {
        return counter("reason", "high_water", "shed");
    }

    private long answered(String code) {
        return counter("code", code, "answered");
    }

    private long counter(String... below) {
        String[] name = new String[below.length + 2];
        name[0] = "stream";
        name[1] = "orders";
        System.arraycopy(below, 0, name, 2, below.length);
        return server().metrics.getCounter(name).orElseThrow().getCount();
    }
}
