/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;

class KnockTest {

    private static final int VICTIM = 8081;
    private static final Instant KILLED = Instant.parse("2026-11-27T10:00:00Z");
    private static final Answer BROKEN = new Answer.Silence("connection reset", false);

    @Test
    void a_request_whose_connection_broke_with_the_kill_was_open() {
        assertThat(wasOpen(VICTIM, -100, 200, BROKEN)).isTrue();
    }

    @Test
    void a_request_to_another_listener_was_not() {
        assertThat(wasOpen(8082, -100, 200, BROKEN)).isFalse();
    }

    @Test
    void a_request_that_was_sent_after_the_kill_was_not() {
        assertThat(wasOpen(VICTIM, 1, 200, BROKEN)).isFalse();
    }

    @Test
    void a_request_that_had_ended_by_then_was_not() {
        assertThat(wasOpen(VICTIM, -100, 50, BROKEN)).isFalse();
    }

    @Test
    void a_request_that_was_answered_or_given_up_was_not() {
        Answer yes = new Answer.Accepted(200, HttpClient.Version.HTTP_1_1);

        assertThat(wasOpen(VICTIM, -100, 200, yes)).isFalse();
        assertThat(wasOpen(VICTIM, -100, 200, new Answer.Silence("timeout", true))).isFalse();
    }

    /** Times in milliseconds, the first one from the kill. */
    private static boolean wasOpen(int port, int sentAt, int took, Answer answer) {
        Attempt attempt =
                new Attempt(
                        "knock-1",
                        1,
                        URI.create("http://127.0.0.1:" + port + "/in/events"),
                        KILLED.plusMillis(sentAt),
                        Duration.ofMillis(took),
                        answer);
        return Knock.wasOpen(attempt, VICTIM, KILLED);
    }
}
