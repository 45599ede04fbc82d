/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LoadSpecTest {

    @Test
    void a_closed_loop_is_warmed_up_by_the_load_itself() {
        assertThat(LoadSpec.closed(true, 4_000, 1, 4).arguments())
                .containsSequence("-c", "4", "-m", "1000")
                .containsSequence("-D", "4", "--warm-up-time", "1")
                .doesNotContain("--rps");
    }

    @Test
    void the_log_of_an_open_loop_begins_with_the_first_request() {
        LoadSpec open = LoadSpec.open(false, 1_000, 2, 4, 1);

        assertThat(open.arguments())
                .containsSequence("-c", "200")
                .containsSequence("-D", "7")
                .containsSequence("--rps", "5.0")
                .doesNotContain("--warm-up-time");
        assertThat(open.rate()).isEqualTo(1_000);
    }

    @Test
    void the_same_load_over_one_connection_has_the_same_rate() {
        assertThat(LoadSpec.open(true, 1_000, 2, 4, 1).overOneConnection())
                .isEqualTo(new LoadSpec(true, 1, 10_000, 1_000, 2, 4, 1));
    }
}
