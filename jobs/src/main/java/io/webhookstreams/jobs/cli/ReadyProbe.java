/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the health port whether deliveries are accepted and become durable. */
final class ReadyProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int OK = 200;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    ReadyProbe(String address, int port) {
        String host = address.contains(":") ? "[" + address + "]" : address;
        request =
                HttpRequest.newBuilder(URI.create("http://%s:%d/ready".formatted(host, port)))
                        .timeout(PATIENCE)
                        .build();
    }

    boolean isReady() throws InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException notListeningYet) {
            return false;
        }
    }
}
