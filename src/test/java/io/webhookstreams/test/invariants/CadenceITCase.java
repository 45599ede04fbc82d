/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.test.support.Await;

import org.apache.flink.configuration.CheckpointingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/**
 * Checkpoints on demand: without deliveries one an hour, and yet a delivery is answered. That the
 * test ends shows it, for nothing here waits for an hour.
 */
@Timeout(180)
class CadenceITCase {

    @RegisterExtension static final Flink FLINK = new Flink();

    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration REST = Duration.ofSeconds(2);

    /** One that was under way, and one that Flink had scheduled already. */
    private static final int AFTER_THE_LAST_DELIVERY = 2;

    @Test
    void a_delivery_brings_the_checkpoint_and_a_rest_brings_hardly_any() throws Exception {
        try (TestJob job = plan("rest").start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(job.post("evt-" + i).get().statusCode()).isEqualTo(200);
                awaitRest();
                long before = completed(job);

                Await.pause(REST);

                assertThat(completed(job) - before)
                        .as("of %d intervals", REST.dividedBy(INTERVAL))
                        .isLessThanOrEqualTo(AFTER_THE_LAST_DELIVERY);
            }
        }
    }

    @Test
    void a_job_that_has_failed_at_rest_answers_again() throws Exception {
        try (TestJob job = plan("failure").parallelism(2).start()) {
            awaitRest();
            job.sinkValve().failOnce();
            Await.until(
                    "answered after the restart",
                    Flink.SOON,
                    () -> job.post("evt-1").join().statusCode() == 200);
            awaitRest();

            assertThat(job.post("evt-2").get().statusCode()).isEqualTo(200);
        }
    }

    /** Where each spoke for itself, the one that rests would keep Flink at the long interval. */
    @Test
    void of_two_sources_the_one_that_rests_does_not_hold_the_other_ones_deliveries_back()
            throws Exception {
        try (TestJob job = plan("two").secondSource(s -> {}).start()) {
            int number = 0;
            for (String path : List.of("/in/orders", "/in/refunds", "/in/orders")) {
                awaitRest(2);
                HttpResponse<String> answer = post(job, path, "evt-" + ++number);
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
            }
            awaitRest(2);
        }
    }

    @Test
    void beside_a_source_without_them_nobody_rests() throws Exception {
        Plan plan = plan("usual").secondSource(s -> s.set(CheckpointOptions.ON_DEMAND, false));
        try (TestJob job = plan.start()) {
            assertThat(post(job, "/in/orders", "evt-1").statusCode()).isEqualTo(200);
            long before = completed(job);

            Await.until(
                    "checkpoints without deliveries",
                    Flink.SOON,
                    () -> completed(job) > before + 10 * AFTER_THE_LAST_DELIVERY);
            assertThat(Metrics.sum(".checkpointsRare")).isZero();
            assertThat(post(job, "/in/refunds", "evt-2").statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> post(TestJob job, String path, String eventId)
            throws Exception {
        return job.send(job.request(path).POST(BodyPublishers.ofString(TestJob.event(eventId))))
                .get();
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, CadenceITCase.class, name)
                .checkpointEvery(INTERVAL)
                .job(
                        j ->
                                j.set(
                                        CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG,
                                        Duration.ofHours(1)))
                .source(
                        s ->
                                s.set(CheckpointOptions.ON_DEMAND, true)
                                        .set(
                                                CheckpointOptions.IDLE_AFTER,
                                                INTERVAL.multipliedBy(2)));
    }

    private static void awaitRest() throws InterruptedException {
        awaitRest(1);
    }

    private static void awaitRest(int sources) throws InterruptedException {
        Await.until(
                "checkpoints are rare",
                Flink.SOON,
                () -> Metrics.sum(".checkpointsRare") == sources);
    }

    private static long completed(TestJob job) {
        return job.executionGraph()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }
}
