/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

class AcceptDurabilityTest extends DurabilityContract {

    private final Gate gate = new Gate();
    private final AcceptDurability durability = new AcceptDurability(gate);

    @Override
    Durability durability() {
        return durability;
    }

    @Test
    void it_is_the_accept_tier() {
        assertThat(durability.tier()).isEqualTo(Tier.ACCEPT);
    }

    @Test
    void a_receipt_settles_durable_on_the_thread_that_appended_its_delivery() {
        AtomicReference<Thread> settledOn = new AtomicReference<>();
        Receipt receipt = new Receipt(1, (r, how) -> settledOn.set(Thread.currentThread()));

        durability.append(receipt, () -> true);

        assertThat(settledOn).hasValue(Thread.currentThread());
        assertThat(receipt.settlement()).isEqualTo(Settlement.DURABLE);
    }

    @Test
    void it_settles_when_the_gate_is_free_again() throws Exception {
        AtomicReference<Boolean> passed = new AtomicReference<>();
        Receipt receipt = new Receipt(1, (r, how) -> passed.set(passesTheGate()));

        durability.append(receipt, () -> true);

        assertThat(passed).hasValue(true);
    }

    @Test
    void a_listener_that_fails_takes_nothing_back() {
        AtomicReference<Throwable> reported = new AtomicReference<>();
        Thread thread = Thread.currentThread();
        UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((t, e) -> reported.set(e));
        try {
            Receipt receipt = new Receipt(1, (r, how) -> failing("listener"));

            assertThat(durability.append(receipt, () -> true)).isTrue();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        assertThat(reported.get()).hasMessage("listener");
    }

    @Test
    void closing_does_not_take_back_a_yes() {
        durability.append(settlements.receipt(1), () -> true);

        durability.close();

        assertThat(settlements.of(1)).containsExactly(Settlement.DURABLE);
    }

    private boolean passesTheGate() {
        Thread another = new Thread(() -> gate.locked(() -> null), "another");
        another.setDaemon(true);
        another.start();
        try {
            another.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !another.isAlive();
    }
}
