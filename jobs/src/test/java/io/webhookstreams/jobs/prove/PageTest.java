/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove;

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

class PageTest {

    private static final Answer OK = new Answer.Accepted(200, HttpClient.Version.HTTP_1_1);

    private final Journal journal = new Journal();

    @Test
    void a_page_tells_what_was_lost_and_how_long_each_fault_kept_answers_away() {
        answered("v-1", 10);
        answered("v-2", 14);

        String page =
                Page.of(
                        journal,
                        List.of(fault("SIGKILL", 11), fault("SIGKILL", 13), fault("full disk", 20)),
                        Oracle.judge(journal, List.of()),
                        42);

        assertThat(page)
                .contains(
                        "# The promise was broken",
                        "| events answered 2xx | 2 |",
                        "| seed | 42 |",
                        "| lost | 2 | 0 | v-1, v-2 |",
                        "| 200 over HTTP_1_1 | 2 |",
                        "| SIGKILL | any | 2 | 3.00 | 3.00 |",
                        "| full disk | any | 1 | none | none |");
    }

    private static Fault fault(String kind, long second) {
        return new Fault(kind, "any", Instant.ofEpochSecond(second));
    }

    private void answered(String id, long second) {
        journal.record(
                new Attempt(
                        id,
                        1,
                        URI.create("http://127.0.0.1/in"),
                        Instant.ofEpochSecond(second),
                        Duration.ZERO,
                        OK));
    }
}
