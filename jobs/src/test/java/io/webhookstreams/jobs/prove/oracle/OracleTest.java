/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;
import io.webhookstreams.jobs.prove.vendor.Journal;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** An oracle that finds nothing is worth what it finds when something is planted. */
class OracleTest {

    private static final Answer OK = new Answer.Accepted(200, HttpClient.Version.HTTP_1_1);
    private static final Answer GONE = new Answer.Silence("connection reset", false);

    private final Journal journal = new Journal();

    @Test
    void every_accepted_event_once_is_clean() {
        answered("a", OK);
        answered("b", GONE);
        answered("b", refused(503, "restarting", "1"));
        answered("b", OK);

        assertThat(judge(emitted("a", 0, 1), emitted("b", 1, 1)).isClean()).isTrue();
    }

    @Test
    void an_accepted_event_that_is_missing_is_lost() {
        answered("a", OK);
        answered("b", OK);

        assertThat(judge(emitted("a", 0, 1)).lost()).containsExactly("b");
    }

    @Test
    void an_event_that_stands_twice_is_duplicated_even_when_it_was_never_accepted() {
        answered("a", GONE);

        assertThat(judge(emitted("a", 0, 1), emitted("a", 0, 2)).duplicated())
                .containsExactly("a × 2");
    }

    @Test
    void an_event_without_a_2xx_may_come_out_or_not() {
        answered("a", GONE);
        answered("b", GONE);

        assertThat(judge(emitted("a", 0, 1)).isClean()).isTrue();
    }

    @Test
    void an_event_that_was_never_sent_is_invented() {
        answered("a", OK);

        assertThat(judge(emitted("a", 0, 1), emitted("x", 0, 2)).invented()).containsExactly("x");
    }

    @Test
    void a_refusal_outside_the_table_is_unexplained() {
        answered("a", refused(404, "unknown_stream", "1"));
        answered("b", refused(500, "restarting", "1"));
        answered("c", new Answer.Refused(503, Optional.empty(), Optional.of("1")));

        assertThat(judge().unexplained()).hasSize(3);
    }

    @Test
    void a_refusal_that_does_not_say_when_to_come_again_is_unexplained() {
        answered("a", new Answer.Refused(503, Optional.of("restarting"), Optional.empty()));
        answered("b", refused(503, "overloaded", "0"));

        assertThat(judge().unexplained()).hasSize(2);
    }

    @Test
    void a_sender_that_was_halted_may_be_told_that_its_body_was_slow() {
        answered("a", new Answer.Refused(408, Optional.of("slow_body"), Optional.empty()));

        assertThat(judge().isClean()).isTrue();
    }

    @Test
    void a_line_that_cannot_be_read_is_a_violation() {
        Oracle oracle = new Oracle(journal, id -> false);
        oracle.addUnreadable(Path.of("part-0"), 7);

        assertThat(oracle.verdict().unreadable()).containsExactly("part-0, line 7");
        assertThat(oracle.verdict().isClean()).isFalse();
    }

    @Test
    void a_record_behind_a_later_one_of_its_lane_is_out_of_order() {
        answered("a", OK);
        answered("b", OK);
        answered("c", OK);

        assertThat(judge(emitted("a", 7, 2), emitted("b", 8, 1), emitted("c", 7, 1)).outOfOrder())
                .singleElement()
                .asString()
                .contains("eventId=c", "after sequence 2");
    }

    @Test
    void a_body_other_than_the_one_that_was_sent_is_changed() {
        journal.sending("a", 1);
        journal.sending("b", 2);
        answered("a", OK);
        answered("b", OK);

        Verdict verdict = judge(withBody("a", 1, 1), withBody("b", 2, 3));

        assertThat(verdict.changed()).containsExactly("b");
        assertThat(verdict.isClean()).isFalse();
    }

    @Test
    void what_was_answered_before_another_was_sent_is_not_behind_it_in_its_lane() {
        answeredAt("a", 0, 1);
        answeredAt("b", 2, 1);

        assertThat(judge(emitted("a", 0, 1), emitted("b", 0, 2)).isClean()).isTrue();
        assertThat(judge(other("a", 2), emitted("b", 0, 1)).outOfOrder())
                .containsExactly("a was answered before b was sent, and is behind it in lane 0");
    }

    @Test
    void one_sequence_for_two_events_is_out_of_order() {
        answered("a", OK);
        answered("b", OK);

        assertThat(judge(emitted("a", 0, 1), other("b", 1)).outOfOrder())
                .containsExactly("a and b have sequence 1 of lane 0");
    }

    @Test
    void what_tier_accept_loses_is_told_apart_and_no_violation() {
        answered("a", OK);
        answered("b", OK);
        Oracle oracle = new Oracle(journal, "b"::equals);
        oracle.add(emitted("a", 0, 1));

        assertThat(oracle.hasAllAnswered()).isTrue();
        assertThat(oracle.verdict().lostApart()).containsExactly("b");
        assertThat(oracle.verdict().isClean()).isTrue();
    }

    @Test
    void what_tier_accept_doubles_is_a_violation() {
        answered("a", OK);
        Oracle oracle = new Oracle(journal, id -> true);
        oracle.add(emitted("a", 0, 1));
        oracle.add(emitted("a", 0, 2));

        assertThat(oracle.verdict().duplicated()).containsExactly("a × 2");
    }

    private static Emitted withBody(String id, long sequence, long digest) {
        return new Emitted(id, 0, sequence, Path.of("part-0"), OptionalLong.of(digest));
    }

    private static Emitted other(String id, long sequence) {
        return new Emitted(id, 0, sequence, Path.of("part-1"));
    }

    private void answeredAt(String id, long second, long took) {
        journal.record(
                new Attempt(
                        id,
                        1,
                        URI.create("http://127.0.0.1:8080/in"),
                        Instant.ofEpochSecond(second),
                        Duration.ofSeconds(took).minusMillis(500),
                        OK));
    }

    @Test
    void a_long_list_is_cut_and_its_length_told() {
        for (int i = 0; i < 50; i++) {
            answered("event-" + i, OK);
        }

        assertThat(judge().toString()).contains("lost: 50 (expected: 0) event-0, ", ", …");
    }

    private Verdict judge(Emitted... records) {
        return Oracle.judge(journal, List.of(records));
    }

    private void answered(String eventId, Answer answer) {
        journal.record(
                new Attempt(
                        eventId,
                        1,
                        URI.create("http://127.0.0.1:8080/in"),
                        Instant.EPOCH,
                        Duration.ZERO,
                        answer));
    }

    private static Answer refused(int status, String code, String retryAfter) {
        return new Answer.Refused(status, Optional.of(code), Optional.of(retryAfter));
    }

    private static Emitted emitted(String eventId, int lane, long sequence) {
        return new Emitted(eventId, lane, sequence, Path.of("part-0"));
    }
}
