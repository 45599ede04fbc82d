/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/** What every tier promises about {@link Durability#append} and {@link Durability#close}. */
abstract class DurabilityContract {

    final Settlements settlements = new Settlements();
    private final List<Runnable> handedOver = new ArrayList<>();

    abstract Durability durability();

    /** To be given to the durability: nothing settles until {@link #settleHandedOver}. */
    final Executor heldSettlers() {
        return handedOver::add;
    }

    final List<Runnable> handedOver() {
        return handedOver;
    }

    final void settleHandedOver() {
        handedOver.forEach(Runnable::run);
        handedOver.clear();
    }

    static boolean failing(String where) {
        throw new IllegalStateException(where);
    }

    @Test
    void the_append_runs_once_on_the_calling_thread() {
        AtomicReference<Thread> ranOn = new AtomicReference<>();

        boolean appended =
                durability()
                        .append(
                                settlements.receipt(1),
                                () -> ranOn.compareAndSet(null, Thread.currentThread()));

        assertThat(appended).isTrue();
        assertThat(ranOn).hasValue(Thread.currentThread());
    }

    @Test
    void an_append_that_returns_false_registers_nothing_and_leaves_the_receipt_open() {
        Receipt receipt = settlements.receipt(1);

        assertThat(durability().append(receipt, () -> false)).isFalse();
        durability().close();
        settleHandedOver();

        assertThat(receipt.settlement()).isNull();
    }

    @Test
    void an_append_that_throws_registers_nothing_and_leaves_the_gate_free() throws Exception {
        Receipt receipt = settlements.receipt(1);

        assertThatThrownBy(() -> durability().append(receipt, () -> failing("lane")))
                .hasMessage("lane");

        AtomicReference<Boolean> appended = new AtomicReference<>();
        Thread another =
                new Thread(
                        () ->
                                appended.set(
                                        durability().append(settlements.receipt(2), () -> true)));
        another.start();
        another.join();
        assertThat(appended).hasValue(true);
        durability().close();
        settleHandedOver();
        assertThat(settlements.of(1)).isEmpty();
    }

    @Test
    void after_close_every_append_is_refused_without_being_run() {
        durability().close();

        assertThat(durability().append(settlements.receipt(1), () -> failing("append"))).isFalse();
        settleHandedOver();
        assertThat(settlements.of(1)).isEmpty();
    }

    @Test
    void closing_twice_settles_each_receipt_once() {
        durability().append(settlements.receipt(1), () -> true);

        durability().close();
        durability().close();
        settleHandedOver();

        assertThat(settlements.of(1)).hasSize(1);
    }
}
