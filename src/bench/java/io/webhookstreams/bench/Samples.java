/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.List;
import java.util.Locale;

/** Repeated measurements: their median, and their spread. Empty where nothing was measured. */
record Samples(List<Double> sorted) {

    Samples {
        sorted = sorted.stream().filter(value -> !value.isNaN()).sorted().toList();
    }

    boolean isEmpty() {
        return sorted.isEmpty();
    }

    /** NaN if empty. */
    double median() {
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** {@code 0.56 (0.52–0.58)}; a dash if empty. */
    @Override
    public String toString() {
        return format(2);
    }

    /** With that many decimals. */
    String format(int decimals) {
        if (sorted.isEmpty()) {
            return "–";
        }
        String number = "%." + decimals + "f";
        return String.format(
                Locale.ROOT,
                number + " (" + number + "–" + number + ")",
                median(),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
