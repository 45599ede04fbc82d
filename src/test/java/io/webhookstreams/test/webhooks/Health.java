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

    private static final Duration SOON = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    private final FreePorts.Range ports;

    public Health(FreePorts.Range ports) {
        this.ports = ports;
    }

    /** Returns when some listener is there. Deliveries may still be refused. */
    public void awaitLive() throws InterruptedException {
        await("/live");
    }

    /** Returns when some listener accepts deliveries and makes them durable. */
    public void awaitReady() throws InterruptedException {
        await("/ready");
    }

    private void await(String path) throws InterruptedException {
        Await.until("health: " + path + " on some port of " + ports, SOON, () -> isAny(path));
    }

    private boolean isAny(String path) throws InterruptedException {
        for (int port = ports.first(); port <= ports.last(); port++) {
            if (isOk("http://127.0.0.1:" + port + path)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOk(String url) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(2)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobodyListens) {
            return false;
        }
    }
}
