/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Jetty's threads and the task's, each while the other is busy with something endless. */
class ThreadsITCase {

    /** More than Jetty has threads. */
    private static final int MANY = 100;

    @RegisterExtension static final Flink FLINK = new Flink();

    @Test
    void no_thread_blocked() throws Exception {
        try (TestJob job = plan("task_blocked").start()) {
            job.sourceValve().shut();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(job.post("evt-" + i));
            }
            job.sourceValve().awaitBlocked();
            job.awaitHeld(MANY);

            // The task's thread stands; Jetty's answer what needs no checkpoint, and hold the rest.
            assertThat(unknownStream(job).get().statusCode()).isEqualTo(404);
            assertThat(withoutToken(job).get().statusCode()).isEqualTo(401);
            assertThat(job.readiness()).isEqualTo(200);
            assertThat(answers).noneMatch(CompletableFuture::isDone);

            job.sourceValve().open();
            job.completeCheckpoint();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void no_thread_blocked_by_clients_that_do_not_read() throws Exception {
        try (TestJob job = plan("clients_do_not_read").start()) {
            List<RawClient> silent = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    silent.add(new RawClient(job.port()).send(unfinished()));
                    silent.add(new RawClient(job.port()).send(job.rawPost("silent-" + i)));
                }
                job.awaitHeld(MANY);
                job.completeCheckpoint();
                job.postUntilAccepted("evt-1");
                job.completeCheckpoint();
                job.sinkValve().awaitPassed(List.of("silent-0", "evt-1"));
            } finally {
                for (RawClient client : silent) {
                    client.abort();
                }
            }
            job.awaitNothingHeld();
        }
    }

    private static CompletableFuture<HttpResponse<String>> unknownStream(TestJob job) {
        return job.send(job.request("/in/nothing").POST(BodyPublishers.noBody()));
    }

    private static CompletableFuture<HttpResponse<String>> withoutToken(TestJob job) {
        return job.send(
                job.request()
                        .setHeader("Authorization", "Bearer another-one")
                        .POST(BodyPublishers.ofString("{}")));
    }

    private static String unfinished() {
        return "POST /in/orders HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + Plan.TOKEN
                + "\r\nContent-Length: 1000\r\n\r\n{";
    }

    private static Plan plan(String name) throws Exception {
        return Plan.of(FLINK, ThreadsITCase.class, name)
                .orders(s -> s.set(StreamOptions.BODY_TIMEOUT, Duration.ofMinutes(10)));
    }
}
