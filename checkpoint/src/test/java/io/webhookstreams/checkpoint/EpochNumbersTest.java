/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochNumbersTest {

    private final EpochNumbers numbers = new EpochNumbers();

    @Test
    void only_a_completion_makes_an_epoch_durable() {
        long first = numbers.open();
        assertThat(numbers.isDurable(first)).isFalse();

        numbers.seal(5);
        assertThat(numbers.isDurable(first)).isFalse();

        numbers.complete(5);
        assertThat(numbers.isDurable(first)).isTrue();
        assertThat(numbers.isDurable(numbers.open())).isFalse();
    }

    @Test
    void a_later_completion_covers_the_epochs_before_and_none_behind() {
        long first = numbers.open();
        numbers.seal(5);
        long second = numbers.open();
        numbers.seal(8);
        long third = numbers.open();

        numbers.complete(8);

        assertThat(numbers.isDurable(first)).isTrue();
        assertThat(numbers.isDurable(second)).isTrue();
        assertThat(numbers.isDurable(third)).isFalse();
    }

    @Test
    void a_completion_that_no_cut_belongs_to_covers_nothing_cut_later() {
        long first = numbers.open();
        numbers.complete(6);
        numbers.seal(8);

        numbers.complete(7);

        assertThat(numbers.isDurable(first)).isFalse();
    }

    @Test
    void an_old_completion_takes_nothing_back() {
        long first = numbers.open();
        numbers.seal(5);
        numbers.complete(5);

        numbers.complete(4);

        assertThat(numbers.isDurable(first)).isTrue();
    }

    @Test
    void what_was_restored_is_durable_from_the_start() {
        assertThat(numbers.isDurable(EpochNumbers.RESTORED)).isTrue();
    }

    @Test
    void says_which_checkpoint_covers_an_epoch() {
        long first = numbers.open();
        assertThat(numbers.coveredBy(first)).isNull();
        numbers.seal(5);
        long second = numbers.open();

        assertThat(numbers.coveredBy(first)).isEqualTo(5);
        assertThat(numbers.coveredBy(second)).isNull();
    }

    @Test
    void without_completions_the_oldest_epochs_count_as_covered_later_and_never_too_early() {
        long first = numbers.open();
        numbers.seal(1);
        for (long id = 2; id <= 2_000; id++) {
            long unused = numbers.open();
            numbers.seal(id);
        }

        assertThat(numbers.coveredBy(first)).isGreaterThan(1);
        numbers.complete(1);
        assertThat(numbers.isDurable(first)).as("its own record is gone").isFalse();

        numbers.complete(2_000);
        assertThat(numbers.isDurable(first)).isTrue();
    }

    @Test
    void epochs_in_which_nothing_was_counted_take_no_place() {
        long first = numbers.open();
        for (long id = 1; id <= 2_000; id++) {
            numbers.seal(id);
        }

        assertThat(numbers.coveredBy(first)).isEqualTo(1);
    }
}
