/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.stream.IntStream;

class RetryAfterTest {

    private final Random random = new Random(7);
    private final RetryAfter retryAfter = new RetryAfter(() -> random);

    @Test
    void it_lies_between_the_least_and_twice_that_and_is_jittered() {
        assertThat(IntStream.range(0, 1_000).map(i -> retryAfter.seconds(5)))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(5, 10))
                .contains(5, 6, 7, 8, 9, 10);
    }

    @Test
    void it_is_never_below_one_second() {
        assertThat(IntStream.range(0, 100).map(i -> retryAfter.seconds(0)))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(1, 2));
    }
}
