/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;

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
    void times_of_a_run_are_as_far_apart_as_on_the_clock_that_is_never_set() {
        long now = System.nanoTime();

        assertThat(Duration.between(journal.at(now), journal.at(now + 1_500)))
                .isEqualTo(Duration.ofNanos(1_500));
    }

    private void silent(String why) {
        URI to = URI.create("http://127.0.0.1/in");
        Answer answer = new Answer.Silence(why, false);
        journal.record(new Attempt("v-1", 1, to, Instant.EPOCH, Duration.ZERO, answer));
    }
}
