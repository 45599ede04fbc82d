/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class StreamBlockTest {

    private static final List<String> BLOCK = List.of("b:", "  path: /b");

    @Test
    void a_stream_goes_behind_the_last_one_in_its_indentation() {
        assertThat(
                        StreamBlock.append(
                                """
                                streams:
                                 a:
                                  path: /a # here

                                # the job
                                job: {}
                                """,
                                BLOCK))
                .isEqualTo(
                        """
                        streams:
                         a:
                          path: /a # here
                         b:
                          path: /b

                        # the job
                        job: {}
                        """);
    }

    @Test
    void a_file_without_streams_gets_some() {
        assertThat(StreamBlock.append("job: {}\n", BLOCK))
                .isEqualTo("job: {}\nstreams:\n  b:\n    path: /b\n");
        assertThat(StreamBlock.append("streams:\n", BLOCK))
                .isEqualTo("streams:\n  b:\n    path: /b\n");
    }

    @Test
    void line_ends_stay_what_they_are() {
        assertThat(StreamBlock.append("streams:\r\n  a:\r\n    path: /a\r\n", BLOCK))
                .isEqualTo("streams:\r\n  a:\r\n    path: /a\r\n  b:\r\n    path: /b\r\n");
    }

    @Test
    void streams_on_one_line_are_refused() {
        assertThatThrownBy(() -> StreamBlock.append("streams: {a: {path: /a}}\n", BLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "streams: on one line (expected: a block of lines, so that one can be"
                                + " added)");
    }
}
