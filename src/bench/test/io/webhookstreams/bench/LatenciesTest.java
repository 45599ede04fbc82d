/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class LatenciesTest {

    private static final int MILLI = 1_000;

    @Test
    void a_closed_loop_counts_from_when_a_request_was_sent() {
        Latencies latencies = Latencies.of(stalledAfter(500), false);

        assertThat(latencies.p99()).isCloseTo(1, within(0.01));
    }

    @Test
    void an_open_loop_counts_from_when_a_request_was_due() {
        Latencies latencies = Latencies.of(stalledAfter(500), true);

        assertThat(latencies.p50()).isLessThan(3);
        assertThat(latencies.p99()).isGreaterThan(50);
    }

    @Test
    void a_steady_rate_needs_no_correction() {
        Latencies latencies = Latencies.of(stalledAfter(Integer.MAX_VALUE), true);

        assertThat(latencies.p999()).isCloseTo(1, within(0.01));
    }

    @Test
    void only_answers_with_2xx_count(@TempDir Path directory) throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "1000\t200\t2000\n2000\t503\t9000000\n");

        assertThat(Latencies.ofLog(log, false).p999()).isCloseTo(2, within(0.01));
    }

    @Test
    void no_answer_has_no_time() {
        assertThat(Latencies.of(new long[0][], true)).isEqualTo(Latencies.NONE);
    }

    /**
     * A request each millisecond, answered in one; that many in, nothing is sent for 100 ms, and
     * what is due then goes out at once.
     */
    private static long[][] stalledAfter(int stall) {
        long[][] answers = new long[1_000][];
        for (int i = 0; i < answers.length; i++) {
            boolean stalled = i >= stall && i < stall + 100;
            answers[i] = new long[] {(stalled ? stall + 100L : i) * MILLI, MILLI};
        }
        return answers;
    }
}
