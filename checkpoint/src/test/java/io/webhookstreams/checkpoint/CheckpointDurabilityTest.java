/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Settlement.DURABLE;
import static io.webhookstreams.checkpoint.Settlement.EXPIRED;
import static io.webhookstreams.checkpoint.Settlement.LOST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

class CheckpointDurabilityTest extends DurabilityContract {

    private final AtomicLong clock = new AtomicLong();
    private final CheckpointDurability durability =
            new CheckpointDurability(new Gate(), heldSettlers(), clock::get);

    @Override
    Durability durability() {
        return durability;
    }

    @Test
    void settlements_are_handed_over_and_never_run_on_the_callers_thread() {
        durability().append(settlements.receipt(1), () -> true);
        durability().close();

        assertThat(settlements.of(1)).isEmpty();
        settleHandedOver();
        assertThat(settlements.of(1)).hasSize(1);
    }

    @Test
    void it_is_the_checkpoint_tier() {
        assertThat(durability.tier()).isEqualTo(Tier.CHECKPOINT);
    }

    @Test
    void a_receipt_settles_durable_when_the_checkpoint_after_it_completes() {
        append(1);
        cut(1);
        append(2);

        complete(1);

        assertThat(settlements.of(1)).containsExactly(DURABLE);
        assertThat(settlements.of(2)).isEmpty();
        assertThat(durability.pending()).isEqualTo(1);
    }

    @Test
    void completing_2_before_1_settles_both_epochs_and_completing_1_afterwards_does_nothing() {
        append(1);
        cut(1);
        append(2);
        cut(2);
        append(3);

        complete(2);
        complete(1);

        assertThat(settlements.order()).containsExactly(1L, 2L);
        assertThat(settlements.of(3)).isEmpty();
    }

    @Test
    void a_savepoint_that_is_never_announced_complete_is_covered_by_the_next_checkpoint() {
        append(1);
        cut(7);
        cut(8);

        complete(8);

        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void an_abort_settles_nothing_and_a_later_completion_covers_its_epoch() {
        append(1);
        cut(1);

        durability.abort(1);
        settleHandedOver();
        assertThat(settlements.of(1)).isEmpty();

        cut(2);
        complete(2);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void completing_an_unknown_checkpoint_never_settles_the_open_epoch() {
        append(1);

        complete(99);

        assertThat(settlements.of(1)).isEmpty();
    }

    @Test
    void closing_settles_open_and_sealed_epochs_lost() {
        append(1);
        cut(1);
        append(2);

        durability.close();
        settleHandedOver();

        assertThat(settlements.of(1)).containsExactly(LOST);
        assertThat(settlements.of(2)).containsExactly(LOST);
    }

    @Test
    void completing_after_close_changes_nothing() {
        append(1);
        cut(1);
        durability.close();

        complete(1);

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    @Test
    void a_snapshot_that_throws_seals_nothing_and_the_next_cut_covers_it() {
        append(1);

        assertThatThrownBy(() -> durability.cut(1, () -> failing("snapshot")))
                .hasMessage("snapshot");
        complete(1);
        assertThat(settlements.of(1)).isEmpty();

        cut(2);
        complete(2);
        assertThat(settlements.of(1)).containsExactly(DURABLE);
    }

    @Test
    void the_cut_returns_the_snapshot() {
        assertThat(durability.<String>cut(1, () -> "lanes")).isEqualTo("lanes");
    }

    @Test
    void a_cut_under_an_id_that_is_not_above_the_last_is_refused() {
        cut(5);

        assertThatThrownBy(() -> cut(5))
                .hasMessage("checkpointId: 5 (expected: > 5, the last one cut)");
    }

    @Test
    void settlements_are_handed_over_in_batches() {
        for (int id = 0; id < 2 * SettlementBatches.SIZE + 1; id++) {
            append(id);
        }
        cut(1);

        durability.complete(1);

        assertThat(handedOver()).hasSize(3);
        settleHandedOver();
        assertThat(settlements.order()).hasSize(2 * SettlementBatches.SIZE + 1);
    }

    @Test
    void when_the_settlers_refuse_the_receipts_are_settled_all_the_same() {
        CheckpointDurability stopped =
                new CheckpointDurability(
                        new Gate(),
                        task -> {
                            throw new RejectedExecutionException("stopped");
                        });
        stopped.append(settlements.receipt(1), () -> true);

        stopped.close();

        assertThat(settlements.of(1)).containsExactly(LOST);
    }

    @Test
    void a_receipt_that_expired_first_stays_expired_and_is_no_longer_pending() {
        Receipt receipt = append(1);
        receipt.settle(EXPIRED);
        cut(1);

        assertThat(durability.pending()).isZero();
        complete(1);

        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void the_oldest_pending_age_is_that_of_the_oldest_receipt_still_open() {
        assertThat(durability.oldestPendingNanos()).isZero();
        Receipt first = append(1);
        clock.set(100);
        append(2);
        clock.set(250);

        assertThat(durability.oldestPendingNanos()).isEqualTo(250);
        first.settle(EXPIRED);
        assertThat(durability.oldestPendingNanos()).isEqualTo(150);
        durability.close();
        assertThat(durability.oldestPendingNanos()).isZero();
    }

    private Receipt append(long id) {
        Receipt receipt = settlements.receipt(id);
        assertThat(durability.append(receipt, () -> true)).isTrue();
        return receipt;
    }

    private void cut(long checkpointId) {
        assertThat(durability.<Long>cut(checkpointId, () -> checkpointId)).isEqualTo(checkpointId);
    }

    private void complete(long checkpointId) {
        durability.complete(checkpointId);
        settleHandedOver();
    }
}
