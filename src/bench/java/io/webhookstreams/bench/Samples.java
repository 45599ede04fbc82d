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

    int count() {
        return sorted.size();
    }

    /** {@code 0.56 (0.52–0.58, n = 3)}; a dash if empty. */
    @Override
    public String toString() {
        return counted(2);
    }

    /** With that many decimals and the number of measurements. */
    String counted(int decimals) {
        return switch (count()) {
            case 0 -> "–";
            case 1 -> format(decimals) + " (n = 1)";
            default -> format(decimals).replace(")", ", n = " + count() + ")");
        };
    }

    /** With that many decimals; one measurement has no spread. */
    String format(int decimals) {
        if (sorted.isEmpty()) {
            return "–";
        }
        String number = "%." + decimals + "f";
        if (count() == 1) {
            return String.format(Locale.ROOT, number, median());
        }
        return String.format(
                Locale.ROOT,
                number + " (" + number + "–" + number + ")",
                median(),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
