/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class RecentHistogramTest {

    private long now;
    private final RecentHistogram histogram = new RecentHistogram(() -> now);

    @Test
    void it_reports_what_was_recorded_since_the_last_rotation() {
        for (int i = 1; i <= 100; i++) {
            histogram.update(i);
        }

        HistogramStatistics statistics = histogram.getStatistics();

        assertThat(statistics.size()).isEqualTo(100);
        assertThat(statistics.getMin()).isEqualTo(1);
        assertThat(statistics.getMax()).isEqualTo(100);
        assertThat(statistics.getQuantile(0.5)).isBetween(49.0, 51.0);
        assertThat(statistics.getMean()).isBetween(50.0, 51.0);
        assertThat(statistics.getValues()).hasSize(100).isSorted();
    }

    @Test
    void reporters_within_a_window_see_the_same_numbers() {
        histogram.update(7);
        HistogramStatistics first = histogram.getStatistics();
        histogram.update(8);

        assertThat(histogram.getStatistics()).isSameAs(first);

        now += RecentHistogram.WINDOW_NANOS;
        assertThat(histogram.getStatistics().getMax()).isEqualTo(8);
        assertThat(histogram.getStatistics().size()).isEqualTo(1);
        assertThat(histogram.getCount()).isEqualTo(2);
    }
}
