/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.test.support.Await;

import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What a sender sees of a sink that is slow, and of one that is stuck. */
class DownstreamITCase {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration PER_RECORD = Duration.ofMillis(50);
    private static final int BODY = 8_000;
    private static final MemorySize BUDGET = MemorySize.ofMebiBytes(1);

    /** More than the budget, Flink's buffers and what the sink gets done meanwhile. */
    private static final int MOST_POSTS = 10_000;

    private static final MemorySize MOST_BODY = new MemorySize(64 * 1024);

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void no_waiting_on_downstream() throws Exception {
        Plan plan =
                plan("slow")
                        .checkpointEvery(INTERVAL)
                        .source(s -> s.set(SourceOptions.QUEUE_MAX_BYTES, BUDGET))
                        .orders(
                                s ->
                                        s.set(StreamOptions.BODY_TIMEOUT, Flink.SOON)
                                                .set(StreamOptions.MAX_BODY, MOST_BODY)
                                                .set(StreamOptions.MAX_INFLATED_BODY, MOST_BODY)
                                                .set(StreamOptions.OVERLOAD_STATUS, 429));
        try (TestJob job = plan.start()) {
            job.sinkValve().takeYourTime(PER_RECORD);
            Set<String> answeredYes = new HashSet<>();
            HttpResponse<String> refused = postUntilRefused(job, answeredYes);

            assertThat(answeredYes)
                    .as("answered before the sink has seen them all")
                    .hasSizeGreaterThan(job.sinkValve().passedIds().size());
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.body()).contains("queue_full");
            assertThat(refused.headers().firstValue("Retry-After"))
                    .get()
                    .asString()
                    .matches("\\d+");

            job.sinkValve().takeYourTime(Duration.ZERO);
            job.sinkValve().awaitPassed(answeredYes);
            assertThat(job.sinkValve().passed()).hasSameSizeAs(answeredYes);
        }
    }

    /** Posts batch after batch; every answer is a 2xx until one is not. */
    private static HttpResponse<String> postUntilRefused(TestJob job, Set<String> answeredYes)
            throws Exception {
        int batch = 50;
        for (int posted = 0; posted < MOST_POSTS; posted += batch) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                answers.add(
                        job.send(job.request().POST(BodyPublishers.ofString(large(posted + i)))));
            }
            HttpResponse<String> refused = null;
            for (int i = 0; i < batch; i++) {
                HttpResponse<String> answer = answers.get(i).get();
                if (answer.statusCode() == 200) {
                    answeredYes.add("evt-" + (posted + i));
                } else {
                    refused = answer;
                }
            }
            if (refused != null) {
                return refused;
            }
        }
        throw new AssertionError("refusals: none (expected: one when the queue is full)");
    }

    private static String large(int event) {
        return "{\"id\":\"evt-%d\",\"note\":\"%s\"}".formatted(event, "x".repeat(BODY));
    }

    @Test
    void no_waiting_on_downstream_that_does_not_return() throws Exception {
        Plan plan =
                plan("stuck")
                        .checkpointEvery(INTERVAL)
                        .source(s -> s.set(SourceOptions.WATCHDOG_TIMEOUT, Duration.ofSeconds(3)))
                        .orders(s -> s.set(StreamOptions.ANSWER_DEADLINE, Duration.ofSeconds(2)));
        try (TestJob job = plan.start()) {
            job.post("evt-0").get();
            job.sinkValve().shut();

            HttpResponse<String> late = job.post("evt-1").get();
            assertNotDurableInTime(late);

            Await.until("watchdog: not ready", Flink.SOON, () -> job.readiness() == 503);
            assertNotDurableInTime(job.post("evt-2").get());
            assertThat(job.pendingDeliveries()).as("refused at once, not queued").isZero();

            job.sinkValve().open();
            job.awaitReady();
            job.postUntilAccepted("evt-2");
            job.sinkValve().awaitPassed(List.of("evt-0", "evt-1", "evt-2"));
        }
    }

    private static void assertNotDurableInTime(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("not_durable_in_time");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, DownstreamITCase.class, name);
    }
}
