/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

class SamplingTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    void as_many_are_kept_as_the_rate_says(double rate) {
        long kept =
                IntStream.range(0, 20_000).filter(i -> keeps("orders", "evt_" + i, rate)).count();

        assertThat(kept / 20_000.0).isCloseTo(rate, within(0.01));
    }

    /** Computed by another program: an event must not change sides with an update. */
    @Test
    void the_sample_is_the_same_for_ever() {
        assertThat(IntStream.range(0, 60).filter(i -> keeps("orders", "evt_" + i, 0.1)).boxed())
                .containsExactly(5, 19, 23, 32, 41, 44, 56);
    }

    @Test
    void a_sample_is_part_of_every_larger_one() {
        assertThat(IntStream.range(0, 5_000).filter(i -> keeps("orders", "evt_" + i, 0.1)))
                .allMatch(i -> keeps("orders", "evt_" + i, 0.2));
    }

    @Test
    void streams_have_samples_of_their_own() {
        assertThat(IntStream.range(0, 5_000).filter(i -> keeps("orders", "evt_" + i, 0.1)))
                .anyMatch(i -> !keeps("refunds", "evt_" + i, 0.1));
    }

    @Test
    void all_or_nothing_is_a_rate_too() {
        assertThat(IntStream.range(0, 1_000)).allMatch(i -> keeps("s", "evt_" + i, 1));
        assertThat(IntStream.range(0, 1_000)).noneMatch(i -> keeps("s", "evt_" + i, 0));
    }

    private static boolean keeps(String stream, String id, double rate) {
        return Sampling.keeps(stream, id.getBytes(UTF_8), rate);
    }
}
