/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.webhooks.WebhooksConfig;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A vendor with a secret, who posts one event after the other; a thread of its own until it is
 * stopped.
 */
final class SteadyVendor {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final URI uri;
    private final Thread thread = new Thread(this::post, "steady-vendor");
    private volatile boolean stopped;

    SteadyVendor(URI uri) {
        this.uri = uri;
        thread.start();
    }

    int accepted() {
        return accepted.get();
    }

    /** What came instead of a 2xx. */
    List<String> refused() {
        return refused;
    }

    private void post() {
        try {
            for (int i = 0; !stopped; i++) {
                post("steady-" + i);
                Await.pause(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(String event) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + WebhooksConfig.TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"id\":\"" + event + "\"}"))
                        .build();
        long started = System.nanoTime();
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 == 2) {
                accepted.incrementAndGet();
            } else {
                refused.add(told(event, started, answer.statusCode() + " " + answer.body()));
            }
        } catch (IOException e) {
            refused.add(told(event, started, e.toString()));
        }
    }

    private static String told(String event, long started, String what) {
        Duration waited = Duration.ofNanos(System.nanoTime() - started);
        return event + ", after " + waited.toMillis() + " ms: " + what;
    }

    /** Returns when its thread has ended. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
