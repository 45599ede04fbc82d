/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import java.util.Objects;

/**
 * How much of a stream has come to a lane in one window of its loss budget, and how much of that
 * was shed. Immutable; part of the lane's durable form.
 *
 * @param startMillis when the window began, on the clock of the requests' arrival
 * @param offered deliveries that were appended or shed
 * @param shed those that were shed
 */
public record LossWindow(String stream, long startMillis, long offered, long shed) {

    private static final long MILLION = 1_000_000;

    public LossWindow {
        Objects.requireNonNull(stream, "stream");
        if (shed < 0 || shed > offered) {
            throw new IllegalArgumentException(
                    "loss-window: %d shed of %d (expected: 0 to all)".formatted(shed, offered));
        }
    }

    /** Before anything has come. */
    static LossWindow empty(String stream) {
        return new LossWindow(stream, Long.MIN_VALUE, 0, 0);
    }

    /**
     * The window that an arrival counts in: this one, or a new one after its end. An arrival from
     * before counts in this one, so that a clock that is set back grants nothing twice.
     */
    LossWindow at(long arrivedMillis, long lengthMillis) {
        long start = arrivedMillis - Math.floorMod(arrivedMillis, lengthMillis);
        return start > startMillis ? new LossWindow(stream, start, 0, 0) : this;
    }

    LossWindow withKept() {
        return new LossWindow(stream, startMillis, offered + 1, shed);
    }

    LossWindow withShed() {
        return new LossWindow(stream, startMillis, offered + 1, shed + 1);
    }

    /** Whether one more may be shed: then the shed ones are within the budget at every instant. */
    boolean maySpend(int budgetPpm) {
        return (shed + 1) * MILLION <= budgetPpm * (offered + 1);
    }

    /** How many more may be shed without anything else that comes. */
    long left(int budgetPpm) {
        // The largest n with (shed + n) million <= budget (offered + n).
        long spare = budgetPpm * offered - shed * MILLION;
        return Math.max(0, spare / (MILLION - budgetPpm));
    }
}
