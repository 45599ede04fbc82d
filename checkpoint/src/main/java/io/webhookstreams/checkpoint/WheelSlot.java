/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayList;
import java.util.List;

/**
 * The receipts whose due tick falls on one slot of the wheel, this revolution or a later one. Each
 * slot has its own lock, so threads that schedule and cancel seldom meet. Foreign code never runs
 * under it.
 */
final class WheelSlot {

    private DeadlineEntry first;
    private DeadlineEntry last;
    private int size;
    private long turnedTo = Long.MIN_VALUE;

    /**
     * Puts the entry at the end. False, changing nothing: the wheel has already passed its tick
     * here.
     */
    synchronized boolean link(DeadlineEntry entry) {
        if (entry.dueTick() <= turnedTo) {
            return false;
        }
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        entry.linked = true;
        size++;
        return true;
    }

    /** Takes the entry out, if it is in. */
    synchronized void unlink(DeadlineEntry entry) {
        if (!entry.linked) {
            return;
        }
        if (entry.previous == null) {
            first = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            last = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
        entry.previous = null;
        entry.next = null;
        entry.linked = false;
        size--;
    }

    /**
     * Takes out all that is due at or before this tick; from now on {@link #link} refuses such
     * entries.
     */
    synchronized List<Receipt> takeDue(long tick) {
        turnedTo = tick;
        List<Receipt> due = List.of();
        DeadlineEntry entry = first;
        while (entry != null) {
            DeadlineEntry following = entry.next;
            if (entry.dueTick() <= tick) {
                due = due.isEmpty() ? new ArrayList<>() : due;
                due.add(entry.receipt());
                unlink(entry);
            }
            entry = following;
        }
        return due;
    }

    synchronized int size() {
        return size;
    }
}
