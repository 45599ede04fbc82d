/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.overload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.webhookstreams.jobs.prove.vendor.Answer;
import io.webhookstreams.jobs.prove.vendor.Attempt;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class LossesTest {

    private static final Instant START = Instant.parse("2026-11-26T10:00:00Z");
    private static final Answer YES = new Answer.Accepted(200, HttpClient.Version.HTTP_1_1);
    private static final Answer NO =
            new Answer.Refused(503, Optional.of("overloaded"), Optional.of("1"));
    private static final Answer CUT = new Answer.Silence("java.io.EOFException: EOF", false);
    private static final Answer NOBODY = new Answer.Silence("java.net.ConnectException", false);

    /** Of evt_0 to evt_59 the documented rule keeps 5, 19, 23, 32, 41, 44 and 56. */
    private final Losses losses = new Losses("orders", 0.1, 300_000);

    private final List<Attempt> attempts = new ArrayList<>();

    @Test
    void what_was_counted_and_did_not_come_out_is_in_order() {
        attempts(10, YES);
        losses.add(3, START.plusSeconds(10));

        assertThat(problems(Set.of("evt_0", "evt_1", "evt_2"))).isEmpty();
        assertThat(losses.mostSpent(attempts)).isEqualTo(1);
    }

    @Test
    void no_more_is_shed_than_the_budgets_part_of_what_can_have_come_by_then() {
        attempts(9, YES);
        attempts(5, NO);
        attempts(5, NOBODY);
        losses.add(3, START.plusSeconds(30));

        assertThat(problems(Set.of("evt_0", "evt_1", "evt_2")))
                .singleElement()
                .asString()
                .contains("3 shed of 9 (expected: at most 300000 of a million)");
    }

    @Test
    void what_comes_after_a_reading_does_not_make_it_good() {
        attempts(10, YES);
        losses.add(3, START.plusSeconds(9));
        losses.add(3, START.plusSeconds(10));

        assertThat(problems(Set.of("evt_0", "evt_1", "evt_2")))
                .singleElement()
                .asString()
                .contains("3 shed of 9");
    }

    @Test
    void whoever_did_not_hear_the_answer_may_have_been_counted() {
        attempts(9, YES);
        attempts(1, CUT);
        losses.add(3, START.plusSeconds(10));

        assertThat(problems(Set.of("evt_0", "evt_1"))).isEmpty();
        assertThat(problems(Set.of("evt_0")))
                .containsExactly("counted as shed: 3 (expected: 1, which did not come out, to 2)");
    }

    @Test
    void what_is_missing_and_was_not_counted_is_lost() {
        attempts(10, YES);
        losses.add(1, START.plusSeconds(10));

        assertThat(problems(Set.of("evt_0", "evt_1")))
                .containsExactly("counted as shed: 1 (expected: 2, which did not come out, to 2)");
    }

    @Test
    void what_is_in_the_sample_is_never_shed() {
        attempts(10, YES);
        losses.add(2, START.plusSeconds(10));

        assertThat(problems(Set.of("evt_4", "evt_5")))
                .containsExactly("evt_5: lost (expected: kept, as in the sample)");
    }

    @Test
    void a_record_that_stands_for_others_is_in_the_sample_and_says_its_rate() {
        attempts(10, YES);
        losses.add(0, START.plusSeconds(10));

        assertThat(problems(Set.of(), record("evt_4"), record("evt_5").put("sampling_rate", 0.1)))
                .isEmpty();
        assertThat(problems(Set.of(), record("evt_5").put("sampling_rate", 0.2))).hasSize(1);
        assertThat(problems(Set.of(), record("evt_4").put("sampling_rate", 0.1))).hasSize(1);
    }

    private List<String> problems(Set<String> missing, JsonNode... lines) {
        return losses.problems(attempts, missing, List.of(lines));
    }

    private static ObjectNode record(String eventId) {
        return JsonNodeFactory.instance.objectNode().put("event_id", eventId);
    }

    /** One a second, of events that are not told apart. */
    private void attempts(int many, Answer answer) {
        for (int i = 0; i < many; i++) {
            int number = attempts.size();
            attempts.add(
                    new Attempt(
                            "evt_" + number,
                            1,
                            URI.create("http://127.0.0.1/in"),
                            START.plusSeconds(number),
                            Duration.ofMillis(5),
                            answer));
        }
    }
}
