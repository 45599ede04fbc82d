/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.Locale;

/**
 * What was set out for, and what was found.
 *
 * @param text the goal in words
 * @param bound as a number; for several rounds in another unit, 1 and the measured values relative
 *     to it
 */
record Goal(String text, boolean atLeast, double bound, Samples measured) {

    static Goal atLeast(String text, double bound, Samples measured) {
        return new Goal(text, true, bound, measured);
    }

    static Goal atMost(String text, double bound, Samples measured) {
        return new Goal(text, false, bound, measured);
    }

    /** The median, its spread and their number; whole numbers where the bound is a count. */
    String found() {
        return measured.counted(bound >= 1_000 ? 0 : 2);
    }

    /** {@code met}, {@code missed by 7 %} or {@code not measured}: the median decides. */
    String verdict() {
        if (measured.isEmpty()) {
            return "not measured";
        }
        double distance = (measured.median() - bound) / bound * (atLeast ? 1 : -1);
        return distance >= 0
                ? "met"
                : String.format(Locale.ROOT, "missed by %.0f %%", Math.max(1, -distance * 100));
    }
}
