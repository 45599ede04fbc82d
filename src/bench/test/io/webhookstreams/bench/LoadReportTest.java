/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

final class LoadReportTest {

    private static final String OUTPUT =
            """
            finished in 12.00s, 13690.50 req/s, 160.88KB/s
            requests: 82166 total, 83166 started, 82160 done, 82143 succeeded, 17 failed, 5 errored, 1 timeout
            status codes: 82143 2xx, 1 3xx, 6 4xx, 10 5xx
            """;

    @Test
    void answers_are_counted_by_their_status() throws IOException {
        assertThat(LoadReport.parse(OUTPUT)).isEqualTo(new LoadReport(82_143, 17, 6));
    }

    @Test
    void an_output_without_figures_is_shown() {
        assertThatThrownBy(() -> LoadReport.parse("unable to connect"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unable to connect");
    }
}
