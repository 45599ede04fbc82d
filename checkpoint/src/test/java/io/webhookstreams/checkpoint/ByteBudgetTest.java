/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget("held", 100);

    @Test
    void a_permit_takes_its_bytes_and_returns_them_when_closed() {
        Permit permit = budget.tryAcquire(60);

        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.available()).isEqualTo(40);
        permit.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void closing_twice_returns_the_bytes_once() {
        budget.tryAcquire(40);
        Permit permit = budget.tryAcquire(60);

        permit.close();
        permit.close();

        assertThat(budget.used()).isEqualTo(40);
        assertThat(permit.bytes()).isZero();
    }

    @Test
    void what_does_not_fit_is_refused_and_takes_nothing() {
        budget.tryAcquire(60);

        assertThat(budget.tryAcquire(41)).isNull();
        assertThat(budget.tryAcquire(Long.MAX_VALUE)).isNull();
        assertThat(budget.used()).isEqualTo(60);
        assertThat(budget.tryAcquire(40)).isNotNull();
    }

    @Test
    void an_empty_permit_fits_into_a_full_budget() {
        budget.tryAcquire(100);

        assertThat(budget.tryAcquire(0)).isNotNull();
    }

    @Test
    void growing_past_the_limit_fails_and_leaves_the_permit_unchanged() {
        Permit permit = budget.tryAcquire(60);

        assertThat(permit.tryGrow(41)).isFalse();
        assertThat(permit.bytes()).isEqualTo(60);
        assertThat(budget.used()).isEqualTo(60);
        assertThat(permit.tryGrow(40)).isTrue();
        assertThat(permit.bytes()).isEqualTo(100);
    }

    @Test
    void shrinking_returns_the_difference_and_never_grows() {
        Permit permit = budget.tryAcquire(60);

        permit.shrinkTo(10);
        permit.shrinkTo(50);

        assertThat(permit.bytes()).isEqualTo(10);
        assertThat(budget.used()).isEqualTo(10);
    }

    @Test
    void a_closed_permit_neither_grows_nor_shrinks() {
        Permit permit = budget.tryAcquire(60);
        permit.close();

        assertThat(permit.tryGrow(1)).isFalse();
        permit.shrinkTo(0);

        assertThat(budget.used()).isZero();
    }

    @Test
    void negative_sizes_are_refused_with_name_value_and_expectation() {
        Permit permit = budget.tryAcquire(1);

        assertThatThrownBy(() -> budget.tryAcquire(-1)).hasMessage("bytes: -1 (expected: >= 0)");
        assertThatThrownBy(() -> permit.tryGrow(-1)).hasMessage("bytes: -1 (expected: >= 0)");
        assertThatThrownBy(() -> permit.shrinkTo(-1)).hasMessage("bytes: -1 (expected: >= 0)");
        assertThatThrownBy(() -> new ByteBudget("held", -1))
                .hasMessage("held: -1 bytes (expected: >= 0)");
    }
}
