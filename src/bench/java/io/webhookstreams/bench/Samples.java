/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.List;
import java.util.Locale;

/** Repeated measurements: their median, and their spread. */
record Samples(List<Double> sorted) {

    Samples {
        sorted = sorted.stream().sorted().toList();
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** {@code 0.56 (0.52–0.58)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f–%.2f)",
                median(),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }
}
