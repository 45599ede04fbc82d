/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Settlement.EXPIRED;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

@Timeout(60)
class DeadlinesTest {

    private static final Duration TICK = Duration.ofMillis(1);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicReference<Thread> timer = new AtomicReference<>();

    @Test
    void the_timer_thread_expires_receipts_when_the_clock_has_passed_their_deadline()
            throws Exception {
        CountDownLatch expired = new CountDownLatch(1);
        AtomicReference<Thread> ranOn = new AtomicReference<>();
        Receipt receipt =
                new Receipt(
                        1,
                        (settled, settlement) -> {
                            ranOn.set(Thread.currentThread());
                            expired.countDown();
                        });
        try (Deadlines deadlines = new Deadlines(clock::get, TICK, this::timerThread)) {
            deadlines.schedule(receipt, Duration.ofSeconds(5).toNanos());
            assertThat(receipt.settlement()).isNull();

            clock.set(Duration.ofSeconds(5).toNanos());
            assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();

            assertThat(receipt.settlement()).isEqualTo(EXPIRED);
            assertThat(ranOn).hasValue(timer.get());
            assertThat(deadlines.scheduled()).isZero();
        }
        Stop.awaitEnd(timer.get());
    }

    @Test
    void closing_stops_the_thread_and_leaves_what_is_scheduled_to_its_holder() throws Exception {
        Receipt receipt = new Settlements().receipt(1);
        Deadlines deadlines = new Deadlines(clock::get, Duration.ofDays(1), this::timerThread);
        deadlines.schedule(receipt, 1);
        Stop.awaitTimedWait(timer.get());

        deadlines.close();
        deadlines.close();

        Stop.awaitEnd(timer.get());
        assertThat(receipt.settlement()).isNull();
    }

    @Test
    void an_interrupt_does_not_stop_the_timer() throws Exception {
        CountDownLatch expired = new CountDownLatch(1);
        try (Deadlines deadlines = new Deadlines(clock::get, TICK, this::timerThread)) {
            timer.get().interrupt();
            deadlines.schedule(new Receipt(1, (receipt, how) -> expired.countDown()), 1);

            clock.set(TICK.toNanos());

            assertThat(expired.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatever_races_with_the_turning_wheel_is_settled_once_and_nothing_stays_behind()
            throws Exception {
        int schedulers = 3;
        int receiptsEach = 30_000;
        AtomicInteger told = new AtomicInteger();
        Deadlines deadlines = Deadlines.turnedByHand(clock::get, Duration.ofNanos(10));
        ExecutorService threads = Executors.newFixedThreadPool(schedulers);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < schedulers; i++) {
            running.add(
                    threads.submit(
                            () -> {
                                for (int id = 0; id < receiptsEach; id++) {
                                    Receipt receipt =
                                            new Receipt(
                                                    id, (settled, how) -> told.incrementAndGet());
                                    deadlines.schedule(receipt, clock.get() + id % 30);
                                    if (id % 3 == 0) {
                                        receipt.settle(Settlement.DURABLE);
                                    }
                                }
                            }));
        }

        while (!running.stream().allMatch(Future::isDone)) {
            clock.addAndGet(10);
            deadlines.turn();
        }
        for (Future<?> each : running) {
            each.get();
        }
        clock.addAndGet(100);
        deadlines.turn();
        threads.shutdown();

        assertThat(deadlines.scheduled()).isZero();
        assertThat(told).hasValue(schedulers * receiptsEach);
    }

    private Thread timerThread(Runnable turning) {
        Thread thread = new Thread(turning, "deadlines");
        thread.setDaemon(true);
        timer.set(thread);
        return thread;
    }
}
