/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.oracle.Oracle;
import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class PageTest {

    private static final Answer OK = new Answer.Accepted(200, HttpClient.Version.HTTP_1_1);
    private static final Answer RESTARTING =
            new Answer.Refused(503, Optional.of("restarting"), Optional.of("2"));

    private final Journal journal = new Journal();

    @Test
    void a_page_names_what_was_lost_and_what_else_is_wrong() {
        answered("v-1", OK, 10);
        answered("v-2", OK, 14);

        assertThat(page(Map.of("windows", List.of("one too many")), List.of()))
                .startsWith("# A title\n\nSome words.\n")
                .contains(
                        "| lost | 2 | 0 |",
                        "| duplicated | 0 | 0 |",
                        "| windows | 1 | 0 |",
                        "| events answered 2xx | 2 |",
                        "| seed | 42 |",
                        "- lost: 2: v-1, v-2\n",
                        "- windows: 1: one too many\n")
                .doesNotContain("Faults");
    }

    @Test
    void a_page_of_a_kept_promise_has_no_problems() {
        assertThat(page(Map.of(), List.of())).doesNotContain("Problems");
    }

    @Test
    void each_answer_is_counted_with_the_time_that_it_took() {
        for (int i = 1; i <= 100; i++) {
            answered("v-" + i, OK, 10, Duration.ofMillis(10L * i));
        }
        answered("v-1", RESTARTING, 11, Duration.ZERO);

        assertThat(page(Map.of(), List.of()))
                .contains(
                        "| 200 over HTTP_1_1 | 100 | 0.50 s | 0.99 s | 1.00 s |",
                        "| 503 restarting | 1 | 0.00 s | 0.00 s | 0.00 s |");
    }

    @Test
    void a_second_without_a_2xx_is_told_where_somebody_was_refused_meanwhile() {
        answered("v-1", OK, 10);
        answered("v-2", OK, 20);
        answered("v-3", RESTARTING, 22);
        answered("v-3", RESTARTING, 23);
        answered("v-3", OK, 24);

        assertThat(page(Map.of(), List.of()))
                .contains(
                        "| the longest of all | 10.00 s |  |",
                        "| 1970-01-01T00:00:20Z | 4.00 s | 503 restarting × 2 |")
                .doesNotContain("00:00:10Z");
    }

    @Test
    void an_outage_that_nobody_saw_the_end_of_lasts_to_the_last_answer() {
        answered("v-1", OK, 10);
        answered("v-2", RESTARTING, 15);

        assertThat(page(Map.of(), List.of())).contains("10Z | 5.00 s | 503 restarting × 1 |");
    }

    @Test
    void faults_are_told_by_kind_with_their_outages_and_by_moment() {
        answered("v-1", OK, 10);
        answered("v-2", OK, 14);
        answered("v-3", OK, 16);

        List<Fault> faults =
                List.of(
                        killed("any time", Optional.empty(), 11),
                        killed("before", Optional.of(false), 15),
                        killed("before", Optional.of(true), 15));
        assertThat(page(Map.of(), faults))
                .contains(
                        "| killed | 3 | 1.00 s | 3.00 s |",
                        "| any time | 1 |  |",
                        "| before | 2 | 1 |");
    }

    private static Fault killed(String moment, Optional<Boolean> verified, long second) {
        return new Fault("killed", moment, verified, Instant.ofEpochSecond(second));
    }

    private String page(Map<String, List<String>> others, List<Fault> faults) {
        return Page.of(
                new Report(
                        "A title",
                        "Some words.",
                        journal,
                        Oracle.judge(journal, List.of()),
                        others,
                        faults,
                        Map.of("seed", 42L)));
    }

    private void answered(String id, Answer answer, long second) {
        answered(id, answer, second, Duration.ZERO);
    }

    private void answered(String id, Answer answer, long second, Duration took) {
        URI to = URI.create("http://127.0.0.1/in");
        journal.record(new Attempt(id, 1, to, Instant.ofEpochSecond(second), took, answer));
    }
}
