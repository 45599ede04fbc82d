/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class JournalTest {

    private final Journal journal = new Journal();

    @Test
    void of_texts_that_differ_in_every_attempt_the_first_of_each_exception_is_kept() {
        silent("java.io.IOException: cut at byte 1");
        silent("java.io.IOException: cut at byte 2");
        silent("java.net.ConnectException");

        assertThat(journal.attempts())
                .extracting(attempt -> ((Answer.Silence) attempt.answer()).why())
                .containsExactly(
                        "java.io.IOException: cut at byte 1",
                        "java.io.IOException: cut at byte 1",
                        "java.net.ConnectException");
    }

    @Test
    void answers_are_counted_of_all_events_or_of_some() {
        answered("a-1", new Answer.Accepted(200, HttpClient.Version.HTTP_2));
        answered("a-1", new Answer.Accepted(200, HttpClient.Version.HTTP_2));
        answered("b-1", new Answer.Accepted(200, HttpClient.Version.HTTP_2));
        answered("b-1", new Answer.Silence("java.net.ConnectException", false));

        assertThat(journal.summary()).isEqualTo(Map.of("200 over HTTP_2", 3L, "no connection", 1L));
        assertThat(journal.summary(id -> id.startsWith("a")))
                .isEqualTo(Map.of("200 over HTTP_2", 2L));
    }

    @Test
    void times_of_a_run_are_as_far_apart_as_on_the_clock_that_is_never_set() {
        long now = System.nanoTime();

        assertThat(Duration.between(journal.at(now), journal.at(now + 1_500)))
                .isEqualTo(Duration.ofNanos(1_500));
    }

    private void silent(String why) {
        answered("v-1", new Answer.Silence(why, false));
    }

    private void answered(String eventId, Answer answer) {
        URI to = URI.create("http://127.0.0.1/in");
        journal.record(new Attempt(eventId, 1, to, Instant.EPOCH, Duration.ZERO, answer));
    }
}
