/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

class FreePortTest {

    private static final String LOOPBACK = "127.0.0.1";

    @Test
    void zero_is_any_free_port() throws IOException {
        assertThat(FreePort.firstOf(LOOPBACK, "0")).isPositive();
    }

    @Test
    void a_port_in_use_is_passed_over() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = used.getLocalPort();
            assertThat(FreePort.firstOf(LOOPBACK, port + "-" + Math.min(port + 50, 65_535)))
                    .isGreaterThan(port);
        }
    }

    @Test
    void a_range_without_a_free_port_is_refused() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String ports = Integer.toString(used.getLocalPort());
            assertThatThrownBy(() -> FreePort.firstOf(LOOPBACK, ports))
                    .hasMessage("port: " + ports + " (expected: a free one on 127.0.0.1)");
        }
    }
}
