/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks the health ports of one machine, as a load balancer does. */
public final class Health {

    private static final Duration SOON = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final FreePorts.Range ports;

    public Health(FreePorts.Range ports) {
        this.ports = ports;
    }

    /** Returns when some listener accepts deliveries and makes them durable. */
    public void awaitReady() throws InterruptedException {
        Await.until("health: some port of " + ports + " ready", SOON, this::isAnyReady);
    }

    private boolean isAnyReady() throws InterruptedException {
        for (int port = ports.first(); port <= ports.last(); port++) {
            if (isReady(port)) {
                return true;
            }
        }
        return false;
    }

    private boolean isReady(int port) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                        .timeout(Duration.ofSeconds(2))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
