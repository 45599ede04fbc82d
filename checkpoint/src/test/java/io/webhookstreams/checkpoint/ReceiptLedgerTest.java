/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounded memory: what is retained follows what is held, whether or not any checkpoint ever
 * completes.
 */
class ReceiptLedgerTest {

    private static final int NOT_WORTH_PRUNING = 64;
    private static final int HELD = 500;

    private final Settlements settlements = new Settlements();
    private final ReceiptLedger ledger = new ReceiptLedger(NOT_WORTH_PRUNING);
    private final Deque<Receipt> held = new ArrayDeque<>();

    @Test
    void without_any_barrier_the_open_epoch_forgets_receipts_that_expired() {
        for (int id = 0; id < 100_000; id++) {
            registerAndExpireTheOldest(id);

            assertThat(ledger.retained()).isLessThanOrEqualTo(2 * (HELD + 1));
        }
        assertThat(ledger.pending()).isEqualTo(HELD);
    }

    @Test
    void with_barriers_but_no_completion_sealed_epochs_forget_too_and_vanish_when_empty() {
        for (int id = 0; id < 100_000; id++) {
            registerAndExpireTheOldest(id);
            if (id % 10 == 0) {
                ledger.seal(id);
            }

            assertThat(ledger.retained()).isLessThanOrEqualTo(2 * (HELD + 1));
        }
        assertThat(ledger.pending()).isEqualTo(HELD);
        assertThat(ledger.complete(Long.MAX_VALUE)).hasSizeLessThanOrEqualTo(HELD / 10 + 1);
    }

    @Test
    void after_a_burst_the_bound_follows_what_is_held_then() {
        for (int id = 0; id < 10_000; id++) {
            ledger.register(settlements.receipt(id));
        }
        ledger.seal(1);
        ledger.complete(1);

        for (int id = 0; id < NOT_WORTH_PRUNING; id++) {
            register(id).settle(Settlement.EXPIRED);
        }

        assertThat(ledger.retained()).isLessThan(NOT_WORTH_PRUNING);
    }

    @Test
    void a_barrier_with_nothing_registered_leaves_no_epoch_behind() {
        for (int id = 0; id < 1_000; id++) {
            ledger.seal(id);
        }

        assertThat(ledger.complete(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void the_oldest_pending_is_found_behind_settled_ones_and_across_epochs() {
        register(1).settle(Settlement.EXPIRED);
        ledger.seal(1);
        register(2).settle(Settlement.EXPIRED);
        Receipt third = register(3);
        ledger.seal(2);
        Receipt fourth = register(4);

        assertThat(ledger.oldestPending()).isSameAs(third);
        third.settle(Settlement.EXPIRED);
        assertThat(ledger.oldestPending()).isSameAs(fourth);
        fourth.settle(Settlement.EXPIRED);
        assertThat(ledger.oldestPending()).isNull();
    }

    private void registerAndExpireTheOldest(long id) {
        held.addLast(register(id));
        if (held.size() > HELD) {
            held.removeFirst().settle(Settlement.EXPIRED);
        }
    }

    private Receipt register(long id) {
        Receipt receipt = settlements.receipt(id);
        ledger.register(receipt);
        return receipt;
    }
}
