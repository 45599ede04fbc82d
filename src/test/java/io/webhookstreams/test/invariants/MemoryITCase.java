/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.test.support.Await;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What senders, known or not, can make the process hold. */
class MemoryITCase {

    private static final int SLOW_SENDERS = 1_000;
    private static final int DELIVERIES = 200;
    private static final MemorySize UNVERIFIED = MemorySize.ofMebiBytes(1);
    private static final MemorySize HELD = MemorySize.ofMebiBytes(1);
    private static final MemorySize QUEUE = MemorySize.ofMebiBytes(1);

    private static final MemorySize MOST_BODY = new MemorySize(64 * 1024);

    private static final String SIGNING_SECRET = "c2VjcmV0LXRoYXQtaXMtbG9uZy1lbm91Z2gtMDEyMw==";

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void bounded_memory() throws Exception {
        Plan plan = plan("queue");
        try (TestJob job = plan.start()) {
            job.sourceValve().shut();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < DELIVERIES; i++) {
                answers.add(job.send(job.request().POST(BodyPublishers.ofString(large(i)))));
            }
            awaitEachRefusedOrHeld(job, answers);
            assertWithinBudgets(job);
            HttpResponse<String> refused =
                    job.send(job.request().POST(BodyPublishers.ofString(large(DELIVERIES)))).get();
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("overloaded");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();

            job.sourceValve().open();
            job.completeCheckpoint();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isIn(200, 503);
            }
            job.awaitNothingHeld();
            Await.until("queue: empty", Flink.SOON, () -> job.pendingBytes() == 0);
        }
    }

    @Test
    void bounded_memory_under_a_thousand_slow_senders_without_a_secret() throws Exception {
        Plan plan = plan("slow_senders");
        List<String> secrets = List.of(plan.secret("signing-secret", "whsec_" + SIGNING_SECRET));
        // The signature of a body is judged at its end: until then anybody may send one.
        plan.stream(
                "signed",
                s ->
                        bodies(s)
                                .set(StreamOptions.PATH, "/in/signed")
                                .set(StreamOptions.AUTH_TYPE, "standard-webhooks")
                                .set(StreamOptions.AUTH_SECRETS, secrets)
                                .set(StreamOptions.ANSWER_DEADLINE, Duration.ofHours(2))
                                .set(StreamOptions.BODY_TIMEOUT, Duration.ofMinutes(10)));
        try (TestJob job = plan.start()) {
            List<RawClient> slow = new ArrayList<>();
            try {
                for (int i = 0; i < SLOW_SENDERS; i++) {
                    slow.add(new RawClient(job.port()).send(forged()));
                    if (i % 100 == 0) {
                        assertWithinBudgets(job);
                    }
                }
                Await.until("cut: some", Flink.SOON, () -> Metrics.sum(".cutRequests") > 0);
                assertWithinBudgets(job);

                CompletableFuture<HttpResponse<String>> vendor =
                        job.send(job.request().POST(BodyPublishers.ofString(large(1))));
                job.awaitHeld(1);
                job.completeCheckpoint();
                assertThat(vendor.get().statusCode()).isEqualTo(200);
                assertHeldWithinItsBudget(job);
            } finally {
                for (RawClient client : slow) {
                    client.abort();
                }
            }
            job.awaitNothingHeld();
            assertThat(Metrics.sum(".unverifiedBytes")).isZero();
        }
    }

    /** More than may be held come from a vendor with a secret, too. */
    private static void assertHeldWithinItsBudget(TestJob job) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < DELIVERIES; i++) {
            answers.add(job.post("evt-held-" + i));
        }
        awaitEachRefusedOrHeld(job, answers);
        assertWithinBudgets(job);

        job.completeCheckpoint();
        assertThat(answers)
                .extracting(answer -> answer.get().statusCode())
                .contains(200)
                .containsOnly(200, 503);
        assertWithinBudgets(job);
    }

    /** More have come than some budget has room for. */
    private static void awaitEachRefusedOrHeld(
            TestJob job, List<CompletableFuture<HttpResponse<String>>> answers) throws Exception {
        Await.until(
                "deliveries: each refused or held",
                Flink.SOON,
                () -> job.held() + done(answers) == answers.size());
        assertThat(done(answers)).as("refused").isPositive();
    }

    private static long done(List<CompletableFuture<HttpResponse<String>>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private static void assertWithinBudgets(TestJob job) throws IOException, InterruptedException {
        JsonNode status = job.status();
        assertThat(Metrics.sum(".unverifiedBytes")).isLessThanOrEqualTo(UNVERIFIED.getBytes());
        assertThat(status.get("heldBytes").asLong()).isLessThanOrEqualTo(HELD.getBytes());
        assertThat(job.pendingBytes()).isLessThanOrEqualTo(QUEUE.getBytes());
    }

    private static String forged() {
        return """
                POST /in/signed HTTP/1.1\r
                Host: x\r
                webhook-id: msg_1\r
                webhook-timestamp: %d\r
                webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=\r
                Content-Length: 60000\r
                \r
                %s"""
                .formatted(System.currentTimeMillis() / 1_000, "s".repeat(2_000));
    }

    private static String large(int event) {
        return "{\"id\":\"evt-%d\",\"note\":\"%s\"}".formatted(event, "x".repeat(20_000));
    }

    /** With small budgets, and bodies of which each has room for some. */
    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, MemoryITCase.class, name)
                .source(s -> s.set(SourceOptions.QUEUE_MAX_BYTES, QUEUE))
                .listener(
                        l ->
                                l.set(ListenerOptions.UNVERIFIED_MAX_BYTES, UNVERIFIED)
                                        .set(ListenerOptions.HELD_MAX_BYTES, HELD))
                .orders(MemoryITCase::bodies);
    }

    private static Configuration bodies(Configuration stream) {
        return stream.set(StreamOptions.MAX_BODY, MOST_BODY)
                .set(StreamOptions.MAX_INFLATED_BODY, MOST_BODY);
    }
}
