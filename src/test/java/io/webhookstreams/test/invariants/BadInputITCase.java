/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.test.support.Await;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What senders get wrong, over the whole path: each has its status and moves its metric; nothing is
 * logged as a fault, no task restarts, and nothing is left behind.
 */
class BadInputITCase {

    private static final String SIGNING_KEY = "c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2gtMDEyMw==";
    private static final int MOST_BYTES = 1_000;

    @RegisterExtension static final Flink FLINK = new Flink();

    private CapturedLog log;
    private TestJob job;

    @BeforeEach
    void start() throws Exception {
        Plan plan =
                Plan.of(FLINK, BadInputITCase.class, "bad_input")
                        .schema(new Unreadable())
                        .orders(s -> s.set(StreamOptions.MAX_BODY, new MemorySize(MOST_BYTES)));
        List<String> secrets = List.of(plan.secret("signing-key", "whsec_" + SIGNING_KEY));
        plan.stream(
                "signed",
                s ->
                        s.set(StreamOptions.PATH, "/in/signed")
                                .set(StreamOptions.AUTH_TYPE, "standard-webhooks")
                                .set(StreamOptions.AUTH_SECRETS, secrets)
                                .set(StreamOptions.ANSWER_DEADLINE, Duration.ofHours(2)));
        log = new CapturedLog();
        job = plan.start();
    }

    @AfterEach
    void stop() throws Exception {
        try {
            job.awaitNothingHeld();
            job.postUntilAccepted("evt-good");
            job.sinkValve().awaitPassed(Set.of("evt-good"));
            assertThat(job.restarts()).isZero();
            assertThat(log.alarms()).isEmpty();
        } finally {
            job.close();
            log.close();
        }
    }

    @Test
    void malformed_http_is_400() throws Exception {
        long before = Metrics.sum(".unroutedRequests");
        try (RawClient client = new RawClient(job.port())) {
            assertThat(client.send("POST /in/orders\r\n\r\n").readAll())
                    .startsWith("HTTP/1.1 400")
                    .contains("bad_request");
        }
        assertThat(Metrics.sum(".unroutedRequests")).isGreaterThan(before);
    }

    @Test
    void an_unknown_path_is_404() throws Exception {
        long before = Metrics.sum(".unroutedRequests");
        assertRefused(job.request("/in/nothing").POST(json("{}")), 404, "unknown_stream");
        assertThat(Metrics.sum(".unroutedRequests")).isGreaterThan(before);
    }

    @Test
    void a_wrong_method_is_405() throws Exception {
        assertCounted(job.request().GET(), 405, "orders", "method_not_allowed");
    }

    @Test
    void a_missing_credential_is_401() throws Exception {
        HttpRequest.Builder signed = job.request("/in/signed").POST(json("{}"));
        assertCounted(signed, 401, "signed", "unauthorized");
    }

    @Test
    void a_wrong_credential_is_401() throws Exception {
        HttpRequest.Builder wrong = job.request().setHeader("Authorization", "Bearer wrong");
        assertCounted(wrong.POST(json("{}")), 401, "orders", "unauthorized");
    }

    @Test
    void a_wrong_signature_is_401() throws Exception {
        assertCounted(signedAt(Instant.now()), 401, "signed", "unauthorized");
        assertThat(Metrics.sum(".cause.no_match.authDenied")).isPositive();
    }

    @Test
    void a_stale_timestamp_is_401() throws Exception {
        assertCounted(signedAt(Instant.now().minusSeconds(3_600)), 401, "signed", "unauthorized");
        assertThat(Metrics.sum(".cause.timestamp_too_old.authDenied")).isPositive();
    }

    @Test
    void a_body_that_is_declared_too_large_is_413() throws Exception {
        assertCounted(
                job.request().POST(json("x".repeat(MOST_BYTES + 1))), 413, "orders", "too_large");
    }

    @Test
    void a_body_that_turns_out_too_large_is_413() throws Exception {
        byte[] large = "x".repeat(MOST_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
        HttpRequest.BodyPublisher chunked =
                BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large));
        assertCounted(job.request().POST(chunked), 413, "orders", "too_large");
    }

    @Test
    void json_that_is_none_is_accepted_under_the_digest_of_its_body() throws Exception {
        long before = Metrics.sum(".stream.orders.eventIdFromDigest");
        assertAccepted("{not json");
        assertThat(Metrics.sum(".stream.orders.eventIdFromDigest")).isGreaterThan(before);
    }

    @Test
    void a_delivery_that_the_schema_cannot_read_is_counted_and_dropped() throws Exception {
        assertAccepted("{\"id\":\"evt-unreadable\"}");
        Await.until(
                "numRecordsInErrors: 1", Flink.SOON, () -> Metrics.sum(".numRecordsInErrors") > 0);
        assertThat(job.sinkValve().passedIds()).doesNotContain("evt-unreadable");
    }

    @Test
    void a_sender_that_goes_away_while_it_is_held_leaves_its_delivery() throws Exception {
        try (RawClient client = new RawClient(job.port())) {
            client.send(job.rawPost("evt-gone"));
            job.awaitHeld(1);
            assertThat(Metrics.sum(".stream.orders.heldRequests")).isOne();
            client.abort();
        }
        // Over HTTP/1.1 a server finds out when it writes.
        job.completeCheckpoint();
        job.awaitNothingHeld();
        job.sinkValve().awaitPassed(Set.of("evt-gone"));
        assertThat(Metrics.sum(".stream.orders.heldRequests")).isZero();
    }

    private void assertAccepted(String body) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = job.send(job.request().POST(json(body)));
        job.awaitHeld(1);
        job.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    private void assertCounted(HttpRequest.Builder request, int status, String stream, String code)
            throws Exception {
        String metric = ".stream.%s.code.%s.answered".formatted(stream, code);
        long before = Metrics.sum(metric);
        assertRefused(request, status, code);
        // It is counted once it is written, when its sender may have read it already.
        Await.until(metric, Flink.SOON, () -> Metrics.sum(metric) == before + 1);
    }

    private void assertRefused(HttpRequest.Builder request, int status, String code)
            throws Exception {
        HttpResponse<String> answer = job.send(request).get();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"" + code + "\"");
    }

    private HttpRequest.Builder signedAt(Instant time) {
        return job.request("/in/signed")
                .header("webhook-id", "msg_1")
                .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
                .header("webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=")
                .POST(json("{}"));
    }

    private static HttpRequest.BodyPublisher json(String body) {
        return BodyPublishers.ofString(body);
    }

    /** Throws for one event. */
    private static final class Unreadable implements WebhookDeserializationSchema<WebhookDelivery> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(WebhookDelivery delivery, Collector<WebhookDelivery> out)
                throws IOException {
            if ("evt-unreadable".equals(delivery.eventId())) {
                throw new IOException("body: unreadable (expected: anything else)");
            }
            out.collect(delivery);
        }

        @Override
        public TypeInformation<WebhookDelivery> getProducedType() {
            return TypeInformation.of(WebhookDelivery.class);
        }
    }
}
