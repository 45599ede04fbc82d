/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many cores others had while loads ran: processes that are not ours, and other machines. */
final class Neighbours {

    /** In a turn: a twentieth of what two cores can do. */
    private static final double BUSY_CORES = 0.1;

    /** Of the turns. */
    private static final double MOST_BUSY = 0.25;

    private final List<Double> cores = new ArrayList<>();

    /** Of one turn. Below zero, by the clocks' grain, is none. */
    void add(double coresOfOthers) {
        cores.add(Math.max(0, coresOfOthers));
    }

    private long busyTurns() {
        return cores.stream().filter(each -> each > BUSY_CORES).count();
    }

    /** Empty where nothing was measured. In bold where a reader should not rely on the figures. */
    String text() {
        if (cores.isEmpty()) {
            return "";
        }
        String text =
                String.format(
                        Locale.ROOT,
                        "While loads ran, others had %s cores (other processes, and what this machine waited for its host); more than %.1f in %d turns.",
                        new Samples(cores).counted(2),
                        BUSY_CORES,
                        busyTurns());
        return busyTurns() > MOST_BUSY * cores.size()
                ? text
                        + " **That is too many: take this run's figures for uncertain, and for less than the machine can do.**"
                : text;
    }
}
