/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.metrics.MetricConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

class PrometheusEndpointTest {

    private static final String LOOPBACK = "127.0.0.1";

    private final PrometheusEndpoint endpoint = new PrometheusEndpoint();

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void it_answers_on_its_address_and_on_no_other() throws Exception {
        int port = FreePort.firstOf(LOOPBACK, "0");
        endpoint.open(at(LOOPBACK, port));

        URI url = URI.create("http://" + LOOPBACK + ":" + port + "/metrics");
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(url).build(),
                                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        try (ServerSocket another = new ServerSocket()) {
            // Refused if the endpoint had taken the port on every address.
            another.bind(new InetSocketAddress("127.0.0.2", port));
            assertThat(another.isBound()).isTrue();
        }
    }

    @Test
    void a_port_in_use_is_told() throws IOException {
        try (ServerSocket used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MetricConfig config = at(LOOPBACK, used.getLocalPort());

            assertThatThrownBy(() -> endpoint.open(config))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage(
                            "metrics: /127.0.0.1:%d (expected: a free address and port)",
                            used.getLocalPort());
        }
    }

    private static MetricConfig at(String address, int port) {
        MetricConfig config = new MetricConfig();
        config.setProperty(PrometheusEndpoint.ADDRESS, address);
        config.setProperty(PrometheusEndpoint.PORT, Integer.toString(port));
        return config;
    }
}
