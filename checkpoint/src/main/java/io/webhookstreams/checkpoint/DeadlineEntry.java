/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

/**
 * One receipt's place on the wheel: a link of its slot's list, so that leaving takes one step and
 * no search.
 */
final class DeadlineEntry {

    private final Receipt receipt;
    private final long dueTick;
    private final WheelSlot slot;

    // The slot's own, under its lock.
    DeadlineEntry previous;
    DeadlineEntry next;
    boolean linked;

    DeadlineEntry(Receipt receipt, long dueTick, WheelSlot slot) {
        this.receipt = receipt;
        this.dueTick = dueTick;
        this.slot = slot;
    }

    Receipt receipt() {
        return receipt;
    }

    long dueTick() {
        return dueTick;
    }

    /** Leaves the wheel, if still on it. Any thread. */
    void cancel() {
        slot.unlink(this);
    }
}
