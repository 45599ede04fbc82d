/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * A hashed timing wheel: slot <i>t</i> mod {@value #SLOTS} holds what is due at tick <i>t</i>,
 * <i>t</i> + {@value #SLOTS}, and so on. Scheduling and cancelling take one step each, whatever the
 * number of deadlines. It has no clock and no thread: whoever owns it turns it.
 *
 * <p>A deadline is rounded up to the next tick, so a receipt never expires early, and at most one
 * tick late plus the time until somebody turns the wheel.
 */
final class DeadlineWheel {

    /**
     * A power of two; with a tick of 10 ms a revolution takes 41 s, so most deadlines are looked at
     * once.
     */
    static final int SLOTS = 4_096;

    private final long originNanos;
    private final long tickNanos;
    private final WheelSlot[] slots =
            Stream.generate(WheelSlot::new).limit(SLOTS).toArray(WheelSlot[]::new);

    /** Written by the turning thread before it visits the slots. */
    private volatile long turnedTo;

    DeadlineWheel(long originNanos, Duration tick) {
        if (tick.isNegative() || tick.isZero()) {
            throw new IllegalArgumentException("tick: " + tick + " (expected: > 0)");
        }
        this.originNanos = originNanos;
        this.tickNanos = tick.toNanos();
    }

    /** Any thread. A deadline in the past is due at the next turn. */
    void schedule(Receipt receipt, long deadlineNanos) {
        if (receipt.isSettled()) {
            return;
        }
        DeadlineEntry entry = link(receipt, ticksUp(deadlineNanos - originNanos));
        if (!receipt.bindDeadline(entry)) {
            entry.cancel();
            throw new IllegalStateException(
                    "deadline: already scheduled for " + receipt + " (expected: once)");
        }
    }

    /**
     * Settles EXPIRED, on the calling thread, all that is due at this time. One thread at a time;
     * time never goes back.
     */
    void advanceTo(long nowNanos) {
        long before = turnedTo;
        long now = Math.floorDiv(nowNanos - originNanos, tickNanos);
        if (now <= before) {
            return;
        }
        turnedTo = now;
        // After a long pause one revolution visits every slot; each gives up all that is due by
        // now.
        for (long tick = Math.max(before + 1, now - SLOTS + 1); tick <= now; tick++) {
            SettlementBatches.settleEach(slot(tick).takeDue(now), Settlement.EXPIRED);
        }
    }

    /** How many receipts are on the wheel. Visits every slot. */
    int size() {
        int size = 0;
        for (WheelSlot slot : slots) {
            size += slot.size();
        }
        return size;
    }

    private DeadlineEntry link(Receipt receipt, long wantedTick) {
        while (true) {
            long tick = Math.max(wantedTick, turnedTo + 1);
            WheelSlot slot = slot(tick);
            DeadlineEntry entry = new DeadlineEntry(receipt, tick, slot);
            if (slot.link(entry)) {
                return entry;
            }
            // The wheel turned past this tick since it was chosen: the next turn will do.
        }
    }

    private long ticksUp(long nanos) {
        return -Math.floorDiv(-nanos, tickNanos);
    }

    private WheelSlot slot(long tick) {
        return slots[(int) (tick & (SLOTS - 1))];
    }
}
