/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** When a sender is answered, and how often. */
class AnswersITCase {

    private static final Logger LOG = LoggerFactory.getLogger(AnswersITCase.class);
    private static final int RACERS = 60;

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void no_early_yes() throws Exception {
        try (TestJob job = plan("no_early_yes").start()) {
            CompletableFuture<HttpResponse<String>> answer = job.post("evt-1");
            job.awaitHeld(1);
            job.sinkValve().awaitPassed(List.of("evt-1"));
            assertThat(answer).as("the event has left the job, no checkpoint has").isNotDone();

            job.completeCheckpoint();
            assertThat(answer.get().statusCode()).isEqualTo(200);

            CompletableFuture<HttpResponse<String>> next = job.post("evt-2");
            job.awaitHeld(1);
            assertThat(next).as("covered by no checkpoint yet").isNotDone();
            job.completeCheckpoint();
            assertThat(next.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void no_early_yes_for_a_checkpoint_that_has_begun_and_does_not_complete() throws Exception {
        Plan plan =
                plan("unfinished")
                        .job(
                                c ->
                                        c.set(
                                                CheckpointingOptions.CHECKPOINTING_TIMEOUT,
                                                Duration.ofSeconds(1)));
        try (TestJob job = plan.start()) {
            job.sinkValve().shut();
            CompletableFuture<HttpResponse<String>> answer = job.post("evt-1");
            job.sinkValve().awaitBlocked();

            assertThatThrownBy(() -> Flink.get(job.triggerCheckpoint()))
                    .hasMessageContaining("expired");
            assertThat(answer).as("its checkpoint has failed").isNotDone();

            job.sinkValve().open();
            job.completeCheckpoint();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void one_answer() throws Exception {
        SplittableRandom random = new SplittableRandom(seed());
        Plan plan =
                plan("one_answer")
                        .unchecked()
                        .orders(s -> s.set(StreamOptions.ANSWER_DEADLINE, Duration.ofSeconds(1)));
        try (TestJob job = plan.start()) {
            List<RawClient> staying = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                RawClient racer = new RawClient(job.port()).send(job.rawPost("evt-" + i));
                if (random.nextInt(4) == 0) {
                    racer.abort();
                } else {
                    staying.add(racer);
                }
                race(job, i);
            }
            for (RawClient racer : staying) {
                assertThat(racer.readAll())
                        .as("one answer and no second one")
                        .matches("(?s)HTTP/1\\.1 (200|503) (?!.*HTTP/1\\.1 ).*");
                racer.close();
            }
            job.awaitNothingHeld();
        }
    }

    /** Completions, a deadline for whoever they miss, and once the end of the reader. */
    private static void race(TestJob job, int request) {
        if (request % 10 == 5) {
            // It may fail with the job, which is part of the race.
            CompletableFuture<Long> unused = job.triggerCheckpoint();
        }
        if (request == RACERS / 2) {
            job.sinkValve().failOnce();
        }
    }

    private static long seed() {
        long seed = System.nanoTime();
        LOG.info("seed: {}", seed);
        return seed;
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, AnswersITCase.class, name);
    }
}
