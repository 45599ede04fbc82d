/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

final class RequestLogTest {

    @Test
    void whatever_ended_is_there_in_the_order_in_which_it_was_sent(@TempDir Path directory)
            throws IOException {
        Path log = directory.resolve("log");
        Files.writeString(log, "3000\t204\t1\n2000\t503\t9000000\n1000\t-1\t2000\n");

        assertThat(RequestLog.read(log).requests())
                .containsExactly(
                        new RequestLog.Ended(1_000, -1, 2_000),
                        new RequestLog.Ended(2_000, 503, 9_000_000),
                        new RequestLog.Ended(3_000, 204, 1));
        assertThat(RequestLog.read(log).requests())
                .filteredOn(RequestLog.Ended::isAcknowledged)
                .containsExactly(new RequestLog.Ended(3_000, 204, 1));
    }
}
