/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import static io.webhookstreams.checkpoint.Settlement.DURABLE;
import static io.webhookstreams.checkpoint.Settlement.EXPIRED;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

class DeadlineWheelTest {

    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000;
    private static final long TICK = 10;
    private static final long REVOLUTION = TICK * DeadlineWheel.SLOTS;

    private final Settlements settlements = new Settlements();
    private final DeadlineWheel wheel = new DeadlineWheel(ORIGIN, Duration.ofNanos(TICK));

    @Test
    void a_receipt_expires_at_the_first_tick_not_before_its_deadline() {
        schedule(1, 95);

        wheel.advanceTo(ORIGIN + 99);
        assertThat(settlements.of(1)).isEmpty();
        wheel.advanceTo(ORIGIN + 100);
        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void a_deadline_on_a_tick_expires_at_that_tick() {
        schedule(1, 100);

        wheel.advanceTo(ORIGIN + 100);

        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void a_deadline_in_the_past_expires_at_the_next_tick() {
        wheel.advanceTo(ORIGIN + 500);
        schedule(1, 100);

        wheel.advanceTo(ORIGIN + 509);
        assertThat(settlements.of(1)).isEmpty();
        wheel.advanceTo(ORIGIN + 510);
        assertThat(settlements.of(1)).containsExactly(EXPIRED);
    }

    @Test
    void deadlines_one_revolution_apart_share_a_slot_and_expire_apart() {
        schedule(1, 100);
        schedule(2, 100 + REVOLUTION);
        schedule(3, 100 + 2 * REVOLUTION);

        wheel.advanceTo(ORIGIN + 100 + REVOLUTION - 1);
        assertThat(settlements.order()).containsExactly(1L);
        wheel.advanceTo(ORIGIN + 100 + REVOLUTION);
        assertThat(settlements.order()).containsExactly(1L, 2L);
        assertThat(wheel.size()).isEqualTo(1);
    }

    @Test
    void after_a_pause_of_many_revolutions_all_that_is_due_expires_at_once() {
        for (int id = 0; id < 1_000; id++) {
            schedule(id, 1 + id * REVOLUTION / 100);
        }

        wheel.advanceTo(ORIGIN + 20 * REVOLUTION);

        assertThat(settlements.order()).hasSize(1_000);
        assertThat(wheel.size()).isZero();
    }

    @Test
    void a_settled_receipt_leaves_the_wheel_at_once() {
        Receipt first = schedule(1, 100);
        Receipt middle = schedule(2, 100);
        Receipt last = schedule(3, 100);

        middle.settle(DURABLE);
        assertThat(wheel.size()).isEqualTo(2);
        last.settle(DURABLE);
        first.settle(DURABLE);
        assertThat(wheel.size()).isZero();

        schedule(4, 100);
        wheel.advanceTo(ORIGIN + 100);
        assertThat(settlements.order()).containsExactly(2L, 3L, 1L, 4L);
    }

    @Test
    void a_receipt_settled_before_it_is_scheduled_never_enters_the_wheel() {
        Receipt receipt = settlements.receipt(1);
        receipt.settle(DURABLE);

        wheel.schedule(receipt, ORIGIN + 100);

        assertThat(wheel.size()).isZero();
    }

    @Test
    void a_receipt_settled_between_entering_the_wheel_and_knowing_its_place_leaves_it() {
        WheelSlot slot = new WheelSlot();
        Receipt receipt = settlements.receipt(1);
        DeadlineEntry entry = new DeadlineEntry(receipt, 1, slot);
        slot.link(entry);

        receipt.settle(DURABLE);
        receipt.bindDeadline(entry);

        assertThat(slot.size()).isZero();
    }

    @Test
    void a_slot_that_the_wheel_has_passed_refuses_the_entry() {
        WheelSlot slot = new WheelSlot();
        slot.takeDue(7);

        assertThat(slot.link(new DeadlineEntry(settlements.receipt(1), 7, slot))).isFalse();
        assertThat(slot.link(new DeadlineEntry(settlements.receipt(1), 8, slot))).isTrue();
    }

    @Test
    void a_second_deadline_for_an_open_receipt_is_refused_and_the_first_stands() {
        Receipt receipt = schedule(1, 100);

        assertThatThrownBy(() -> wheel.schedule(receipt, ORIGIN + 50))
                .hasMessage("deadline: already scheduled for receipt 1 (open) (expected: once)");

        assertThat(wheel.size()).isEqualTo(1);
        wheel.advanceTo(ORIGIN + 50);
        assertThat(settlements.of(1)).isEmpty();
    }

    @Test
    void a_listener_that_throws_is_reported_and_the_next_receipt_expires() {
        List<Throwable> reported = new ArrayList<>();
        Thread turning = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = turning.getUncaughtExceptionHandler();
        turning.setUncaughtExceptionHandler((thread, thrown) -> reported.add(thrown));
        try {
            Receipt broken =
                    new Receipt(1, (receipt, settlement) -> DurabilityContract.failing("answer"));
            wheel.schedule(broken, ORIGIN + 100);
            schedule(2, 100);

            wheel.advanceTo(ORIGIN + 100);
        } finally {
            turning.setUncaughtExceptionHandler(before);
        }

        assertThat(reported).singleElement().hasToString("java.lang.IllegalStateException: answer");
        assertThat(settlements.of(2)).containsExactly(EXPIRED);
    }

    @Test
    void nothing_of_a_settled_request_is_retained_until_its_deadline() {
        SettlementListener request = new Settlements();
        WeakReference<SettlementListener> retained = new WeakReference<>(request);
        Receipt receipt = new Receipt(1, request);
        WeakReference<Receipt> retainedReceipt = new WeakReference<>(receipt);
        wheel.schedule(receipt, ORIGIN + 100);
        schedule(2, 100);
        receipt.settle(DURABLE);
        request = null;
        receipt = null;

        Garbage.awaitCollected(retained);
        Garbage.awaitCollected(retainedReceipt);

        assertThat(wheel.size()).isEqualTo(1);
    }

    @Test
    void a_tick_must_last() {
        assertThatThrownBy(() -> new DeadlineWheel(0, Duration.ZERO))
                .hasMessage("tick: PT0S (expected: > 0)");
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private record Due(long tick, long id) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return tick == other.tick ? Long.compare(id, other.id) : Long.compare(tick, other.tick);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void it_expires_what_a_sorted_set_would(long seed) {
        Random random = new Random(seed);
        TreeSet<Due> model = new TreeSet<>();
        List<Receipt> receipts = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 1_000; step++) {
            if (random.nextInt(3) > 0) {
                long deadline =
                        now - 20 + random.nextLong(random.nextBoolean() ? 500 : 3 * REVOLUTION);
                long nextTick = now / TICK + 1;
                model.add(
                        new Due(
                                Math.max(nextTick, -Math.floorDiv(-deadline, TICK)),
                                receipts.size()));
                receipts.add(schedule(receipts.size(), deadline));
            } else if (random.nextInt(3) > 0 && !model.isEmpty()) {
                Due cancelled = random.nextBoolean() ? model.first() : model.last();
                model.remove(cancelled);
                receipts.get((int) cancelled.id()).settle(DURABLE);
            } else {
                now +=
                        random.nextInt(20) == 0
                                ? random.nextLong(2 * REVOLUTION)
                                : random.nextLong(200);
                wheel.advanceTo(ORIGIN + now);
                model.headSet(new Due(now / TICK + 1, -1)).clear();
            }
            checkOpenExactly(model, receipts, seed, step);
        }
    }

    private void checkOpenExactly(Set<Due> model, List<Receipt> receipts, long seed, int step) {
        long open = receipts.stream().filter(receipt -> receipt.settlement() == null).count();
        assertThat(open)
                .as("open receipts; seed: %d, step: %d", seed, step)
                .isEqualTo(model.size());
        assertThat(model)
                .as("all open; seed: %d, step: %d", seed, step)
                .allMatch(due -> receipts.get((int) due.id()).settlement() == null);
        if (step % 100 == 99) {
            assertThat(wheel.size())
                    .as("on the wheel; seed: %d, step: %d", seed, step)
                    .isEqualTo(model.size());
        }
    }

    private Receipt schedule(long id, long nanosAfterOrigin) {
        Receipt receipt = settlements.receipt(id);
        wheel.schedule(receipt, ORIGIN + nanosAfterOrigin);
        return receipt;
    }
}
