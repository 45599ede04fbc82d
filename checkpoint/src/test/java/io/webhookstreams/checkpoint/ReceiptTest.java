/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Settlement.DURABLE;
import static io.webhookstreams.checkpoint.Settlement.EXPIRED;
import static io.webhookstreams.checkpoint.Settlement.LOST;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

class ReceiptTest {

    private final Settlements settlements = new Settlements();

    @Test
    void the_first_settlement_wins_and_later_ones_change_nothing() {
        Receipt receipt = settlements.receipt(7);
        assertThat(receipt.settlement()).isNull();

        assertThat(receipt.settle(EXPIRED)).isTrue();
        assertThat(receipt.settle(DURABLE)).isFalse();

        assertThat(receipt.settlement()).isEqualTo(EXPIRED);
        assertThat(settlements.of(7)).containsExactly(EXPIRED);
    }

    @Test
    void the_listener_sees_the_settlement_on_the_receipt_and_may_settle_again_in_vain() {
        List<Object> seen = new ArrayList<>();
        Receipt receipt =
                new Receipt(
                        7,
                        (settled, settlement) -> {
                            seen.add(settled.settlement());
                            seen.add(settled.settle(LOST));
                        });

        receipt.settle(DURABLE);

        assertThat(seen).containsExactly(DURABLE, false);
    }

    @Test
    void a_listener_that_throws_is_passed_on_and_the_receipt_is_settled_all_the_same() {
        Receipt receipt =
                new Receipt(
                        7,
                        (settled, settlement) -> {
                            throw new IllegalStateException("answer");
                        });

        assertThatThrownBy(() -> receipt.settle(LOST)).hasMessage("answer");

        assertThat(receipt.settlement()).isEqualTo(LOST);
    }

    @Test
    void it_says_how_it_stands() {
        Receipt receipt = settlements.receipt(7);

        assertThat(receipt).hasToString("receipt 7 (open)");
        receipt.settle(LOST);
        assertThat(receipt).hasToString("receipt 7 (LOST)");
    }

    @Test
    void a_settled_receipt_retains_nothing_of_its_request() {
        SettlementListener request = new Settlements();
        WeakReference<SettlementListener> retained = new WeakReference<>(request);
        Receipt receipt = new Receipt(7, request);
        receipt.settle(EXPIRED);
        request = null;

        Garbage.awaitCollected(retained);

        assertThat(receipt.settlement()).isEqualTo(EXPIRED);
    }

    @Test
    @Timeout(60)
    void however_many_threads_settle_the_listener_runs_once() throws Exception {
        Settlement[] rivals = {DURABLE, EXPIRED, LOST, DURABLE};
        ExecutorService threads = Executors.newFixedThreadPool(rivals.length);
        CyclicBarrier together = new CyclicBarrier(rivals.length);
        try {
            for (int round = 0; round < 50; round++) {
                List<Receipt> receipts = receipts(round * 2_000L, 2_000);
                List<Future<Integer>> wins = new ArrayList<>();
                for (Settlement rival : rivals) {
                    wins.add(threads.submit(() -> settleAll(receipts, rival, together)));
                }
                int winners = 0;
                for (Future<Integer> each : wins) {
                    winners += each.get();
                }
                assertThat(winners).isEqualTo(receipts.size());
                for (Receipt receipt : receipts) {
                    assertThat(settlements.of(receipt.id())).containsExactly(receipt.settlement());
                }
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private List<Receipt> receipts(long firstId, int count) {
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            receipts.add(settlements.receipt(firstId + i));
        }
        return receipts;
    }

    /** Returns how many it won. */
    private static int settleAll(
            List<Receipt> receipts, Settlement settlement, CyclicBarrier together)
            throws Exception {
        together.await();
        int won = 0;
        for (Receipt receipt : receipts) {
            won += receipt.settle(settlement) ? 1 : 0;
        }
        return won;
    }
}
