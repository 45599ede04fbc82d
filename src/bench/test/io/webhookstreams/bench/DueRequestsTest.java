/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

final class DueRequestsTest {

    private static final long MILLI = 1_000;
    private static final int OK = 200;

    /** A request each millisecond over one connection: 1 s before, 2 s measured, 1 s after. */
    private static final LoadSpec ASKED = new LoadSpec(true, 1, 1_000, 1_000, 1, 2, 1);

    private static final int SENT_IN_ALL = 4_000;

    @Test
    void a_steady_rate_needs_no_correction() {
        DueRequests due = DueRequests.of(log(SENT_IN_ALL, i -> i * MILLI, i -> OK), ASKED);

        assertThat(due.latencies().p999()).isCloseTo(1, within(0.01));
        assertThat(due.acknowledged()).isEqualTo(2_000);
        assertThat(due.others()).isZero();
    }

    @Test
    void what_a_stall_holds_back_counts_from_when_it_was_due() {
        IntToLongFunction stalled = i -> MILLI * (i >= 2_000 && i < 2_100 ? 2_100 : i);

        DueRequests due = DueRequests.of(log(SENT_IN_ALL, stalled, i -> OK), ASKED);

        assertThat(due.latencies().p50()).isCloseTo(1, within(0.01));
        assertThat(due.latencies().p99()).isCloseTo(81, within(2.0));
    }

    @Test
    void a_slowdown_that_never_catches_up_grows_with_every_request() {
        // Half the rate from the start, so that the one due after 3 s would be sent after 6 s.
        DueRequests due = DueRequests.of(log(SENT_IN_ALL / 2, i -> MILLI * 2 * i, i -> OK), ASKED);

        assertThat(due.acknowledged()).isEqualTo(1_000);
        assertThat(due.others()).isEqualTo(1_000);
        assertThat(due.latencies().p50()).isCloseTo(1_500, within(10.0));
        assertThat(due.latencies().p99()).isCloseTo(1_990, within(20.0));
    }

    @Test
    void a_late_beginning_of_the_measured_time_does_not_begin_the_schedule_anew() {
        IntToLongFunction late = i -> MILLI * (i < 500 ? i : i + 300);

        DueRequests due = DueRequests.of(log(SENT_IN_ALL - 300, late, i -> OK), ASKED);

        assertThat(due.latencies().p50()).isCloseTo(301, within(1.0));
    }

    @Test
    void what_was_refused_takes_its_place_in_the_schedule_and_has_no_time_to_answer() {
        IntUnaryOperator everySecond = i -> i % 2 == 0 ? OK : 503;

        DueRequests due = DueRequests.of(log(SENT_IN_ALL, i -> i * MILLI, everySecond), ASKED);

        assertThat(due.acknowledged()).isEqualTo(1_000);
        assertThat(due.others()).isEqualTo(1_000);
        assertThat(due.latencies().p999()).isCloseTo(1, within(0.01));
    }

    @Test
    void answers_to_what_was_due_before_do_not_add_to_the_rate() {
        // The first second's requests are answered after it.
        List<RequestLog.Ended> ended = new ArrayList<>();
        for (int i = 0; i < SENT_IN_ALL; i++) {
            ended.add(new RequestLog.Ended(i * MILLI, OK, i < 1_000 ? 1_500 * MILLI : MILLI));
        }

        DueRequests due = DueRequests.of(new RequestLog(ended), ASKED);

        assertThat(due.acknowledged()).isEqualTo(2_000);
        assertThat(due.latencies().p999()).isCloseTo(1, within(0.01));
    }

    @Test
    void a_request_without_an_answer_counts_until_the_end_of_the_load() {
        RequestLog all = log(SENT_IN_ALL, i -> i * MILLI, i -> OK);

        DueRequests due =
                DueRequests.of(
                        new RequestLog(
                                all.requests().stream()
                                        .filter(each -> each.startMicros() < 2_980 * MILLI)
                                        .toList()),
                        ASKED);

        assertThat(due.others()).isEqualTo(20);
        assertThat(due.latencies().p50()).isCloseTo(1, within(0.01));
        assertThat(due.latencies().p999()).isGreaterThan(1_000);
    }

    @Test
    void each_connection_is_due_at_its_own_rate_from_when_it_was_open() {
        // Ten connections, opened 1 ms after each other, each sending every 100 ms.
        LoadSpec ten = new LoadSpec(false, 10, 1, 10, 1, 2, 1);
        IntToLongFunction together = i -> MILLI * (i / 10 * 100 + i % 10);
        IntToLongFunction late = i -> MILLI * (i / 10 * 100 + i % 10 + (i < 100 ? 0 : 50));

        assertThat(DueRequests.of(log(400, together, i -> OK), ten).latencies().p999())
                .isCloseTo(1, within(0.01));
        assertThat(DueRequests.of(log(400, late, i -> OK), ten).latencies().p50())
                .isCloseTo(51, within(0.1));
    }

    @Test
    void nothing_that_ended_means_that_nothing_was_answered() {
        assertThat(DueRequests.of(new RequestLog(List.of()), ASKED))
                .isEqualTo(new DueRequests(0, 2_000, Latencies.NONE));
    }

    /** Each answered after 1 ms. */
    private static RequestLog log(int count, IntToLongFunction start, IntUnaryOperator status) {
        List<RequestLog.Ended> ended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ended.add(new RequestLog.Ended(start.applyAsLong(i), status.applyAsInt(i), MILLI));
        }
        return new RequestLog(ended);
    }
}
