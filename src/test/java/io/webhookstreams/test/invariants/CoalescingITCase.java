/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.test.support.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Retries over HTTP against a running job without deduplication: what comes out, and when. */
class CoalescingITCase {

    private static final int RETRIES = 25;

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void identical_deliveries_that_come_at_once_come_out_once_and_are_all_answered()
            throws Exception {
        try (TestJob job = plan("at_once").start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = posts(job, "evt-1", RETRIES);
            job.awaitHeld(RETRIES);
            job.sinkValve().awaitPassed(Set.of("evt-1"));
            assertThat(answers).as("no early yes").noneMatch(CompletableFuture::isDone);

            job.completeCheckpoint();

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            HttpResponse<String> late = job.post("evt-1").get();
            assertThat(late.statusCode()).as("without a further checkpoint").isEqualTo(200);
            job.postUntilAccepted("evt-2");
            job.sinkValve().awaitPassed(Set.of("evt-2"));
            assertThat(passed(job)).containsExactly("evt-1", "evt-2");
            assertThat(Metrics.sum(".coalescedPending")).isEqualTo(RETRIES - 1);
            assertThat(Metrics.sum(".coalescedDurable")).isPositive();
            job.awaitNothingHeld();
        }
    }

    @Test
    void without_it_each_of_them_comes_out() throws Exception {
        Plan plan = plan("off").orders(s -> s.set(CoalescingOptions.ENABLED, false));
        try (TestJob job = plan.start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = posts(job, "evt-1", RETRIES);
            job.awaitHeld(RETRIES);
            job.completeCheckpoint();

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            Await.until("passed: all", Flink.SOON, () -> passed(job).size() == RETRIES);
        }
    }

    @Test
    void the_same_id_with_another_body_comes_out_too() throws Exception {
        try (TestJob job = plan("conflict").start()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            answers.add(job.post("evt-1"));
            job.awaitHeld(1);
            answers.add(
                    job.send(
                            job.request()
                                    .POST(BodyPublishers.ofString("{\"id\":\"evt-1\",\"n\":2}"))));
            job.awaitHeld(2);
            job.completeCheckpoint();

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            Await.until("passed: both", Flink.SOON, () -> passed(job).size() == 2);
            assertThat(Metrics.sum(".idConflicts")).isEqualTo(1);
        }
    }

    @Test
    void after_a_failure_nothing_is_known_but_what_the_restored_state_holds() throws Exception {
        try (TestJob job = plan("failure").start()) {
            // Durable and emitted: the next attempt has it in no lane.
            CompletableFuture<HttpResponse<String>> emitted = job.post("emitted");
            job.awaitHeld(1);
            job.sinkValve().awaitPassed(Set.of("emitted"));
            job.completeCheckpoint();
            assertThat(emitted.get().statusCode()).isEqualTo(200);

            // In no completed checkpoint: the failure takes it away.
            job.sinkValve().failOnce();
            assertThat(job.post("lost").get().statusCode()).isEqualTo(503);
            job.awaitRestarts(1);
            job.awaitReady();

            List<CompletableFuture<HttpResponse<String>>> again =
                    List.of(job.post("emitted"), job.post("lost"));
            job.awaitHeld(2);
            assertThat(again).as("no yes from memory").noneMatch(CompletableFuture::isDone);
            job.completeCheckpoint();
            for (CompletableFuture<HttpResponse<String>> answer : again) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
            job.sinkValve().awaitPassed(Set.of("lost"));
        }
    }

    @Test
    void what_waits_in_the_restored_lanes_is_answered_at_once() throws Exception {
        Plan plan = plan("restored");
        String savepoint;
        try (TestJob job = plan.start()) {
            job.sourceValve().takeYourTime(Duration.ofMillis(500));
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(job.post("evt-" + i));
            }
            job.awaitHeld(10);
            savepoint = job.stopWithSavepoint();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isIn(200, 503);
            }
        }
        try (TestJob job = plan.startFrom(savepoint)) {
            job.sourceValve().takeYourTime(Duration.ZERO);
            long before = Metrics.sum(".coalescedDurable");
            List<CompletableFuture<HttpResponse<String>>> again = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                again.add(job.post("evt-" + i));
            }
            Await.until(
                    "retries: some at once",
                    Flink.SOON,
                    () -> Metrics.sum(".coalescedDurable") > before);
            Await.until(
                    "retries: all answered or held",
                    Flink.SOON,
                    () -> job.held() + done(again) == again.size());
            job.completeCheckpoint();
            for (CompletableFuture<HttpResponse<String>> answer : again) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
    }

    /** Checkpoints and failures while few events are sent again and again. */
    @Test
    void within_one_attempt_no_event_comes_out_twice() throws Exception {
        Plan plan = plan("chaos").checkpointEvery(Duration.ofMillis(150));
        try (TestJob job = plan.start()) {
            for (int round = 0; round < 3; round++) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    answers.addAll(posts(job, "evt-" + round + "-" + i, 5));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    assertThat(answer.get().statusCode()).isIn(200, 503);
                }
                assertNothingTwice(job);
                job.sinkValve().failOnce();
                // It may be lost with the job.
                CompletableFuture<HttpResponse<String>> unused = job.post("fails-" + round);
                job.awaitRestarts(round + 1);
                job.awaitReady();
                job.sourceValve().forget();
            }
        }
    }

    private static void assertNothingTwice(TestJob job) {
        Map<String, Long> times =
                job.sourceValve().passed().stream()
                        .collect(
                                Collectors.groupingBy(
                                        WebhookDelivery::eventId, Collectors.counting()));
        assertThat(times).isNotEmpty();
        assertThat(times.values()).as("%s", times).allMatch(number -> number == 1);
    }

    private static List<CompletableFuture<HttpResponse<String>>> posts(
            TestJob job, String eventId, int times) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(job.post(eventId));
        }
        return answers;
    }

    private static long done(List<CompletableFuture<HttpResponse<String>>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private static List<String> passed(TestJob job) {
        return job.sinkValve().passed().stream()
                .map(WebhookDelivery::eventId)
                .collect(Collectors.toList());
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, CoalescingITCase.class, name);
    }
}
