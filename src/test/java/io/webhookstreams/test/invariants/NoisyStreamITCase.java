/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.PolicyOptions;
import io.webhookstreams.connector.PolicyOptions.Policy;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One vendor that sends more than goes on does not make another one's deliveries fail. */
class NoisyStreamITCase {

    private static final int NOISE = 150;
    private static final int QUIET = 10;
    private static final int BODY = 20_000;
    private static final MemorySize QUEUE = MemorySize.ofMebiBytes(1);
    private static final MemorySize MOST_BODY = new MemorySize(64 * 1024);

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void a_full_queue_of_one_stream_leaves_the_other_one_its_share() throws Exception {
        Plan plan = plan("queue").source(s -> s.set(SourceOptions.QUEUE_MAX_BYTES, QUEUE));
        try (TestJob job = plan.start()) {
            job.sourceValve().shut();
            assertQuietOnesPass(job);
        }
    }

    @Test
    void requests_of_one_stream_that_wait_leave_the_other_one_its_share() throws Exception {
        MemorySize room = new MemorySize(100 * 8 * 1024);
        Plan plan = plan("held").listener(l -> l.set(ListenerOptions.HELD_MAX_BYTES, room));
        try (TestJob job = plan.start()) {
            assertQuietOnesPass(job);
        }
    }

    private static void assertQuietOnesPass(TestJob job) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> noisy = new ArrayList<>();
        for (int i = 0; i < NOISE; i++) {
            noisy.add(send(job, "/in/orders", i));
        }
        Await.until(
                "noise: each refused or held", Flink.SOON, () -> job.held() + done(noisy) == NOISE);
        long refused = done(noisy);
        assertThat(refused).as("refused of the noisy stream").isPositive().isLessThan(NOISE);
        assertThat(send(job, "/in/orders", NOISE).get().statusCode()).isEqualTo(503);

        List<CompletableFuture<HttpResponse<String>>> quiet = new ArrayList<>();
        for (int i = 0; i < QUIET; i++) {
            quiet.add(send(job, "/in/quiet", i));
        }
        job.awaitHeld((int) (NOISE - refused) + QUIET);
        job.sourceValve().open();
        job.completeCheckpoint();

        for (CompletableFuture<HttpResponse<String>> answer : quiet) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        for (CompletableFuture<HttpResponse<String>> answer : noisy) {
            assertThat(answer.get().statusCode()).isIn(200, 503);
        }
        job.awaitNothingHeld();
    }

    private static CompletableFuture<HttpResponse<String>> send(
            TestJob job, String path, int event) {
        String body = "{\"id\":\"evt-%d\",\"note\":\"%s\"}".formatted(event, "x".repeat(BODY));
        return job.send(job.request(path).POST(BodyPublishers.ofString(body)));
    }

    private static long done(List<CompletableFuture<HttpResponse<String>>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private static Plan plan(String name) throws Exception {
        Plan plan = Plan.of(FLINK, NoisyStreamITCase.class, name);
        plan.orders(
                s ->
                        s.set(PolicyOptions.POLICY, Policy.REJECT)
                                .set(StreamOptions.MAX_BODY, MOST_BODY)
                                .set(StreamOptions.MAX_INFLATED_BODY, MOST_BODY));
        List<String> secrets = List.of(plan.secret("token-of-quiet", Plan.TOKEN));
        return plan.stream(
                "quiet",
                s ->
                        s.set(StreamOptions.PATH, "/in/quiet")
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(StreamOptions.AUTH_SECRETS, secrets)
                                .set(StreamOptions.EVENT_ID, "json:/id")
                                .set(StreamOptions.MAX_BODY, MOST_BODY)
                                .set(StreamOptions.MAX_INFLATED_BODY, MOST_BODY)
                                .set(StreamOptions.ANSWER_DEADLINE, Duration.ofHours(2)));
    }
}
