/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a server takes requests: it says so itself, or its health port is asked. */
final class Ready {

    /** On standard output, before the address. */
    static final String PREFIX = "listening ";

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    static void announce(String url) {
        System.out.println(PREFIX + url);
        System.out.flush();
    }

    /** Waits until the health port on loopback says that a source is ready. */
    static void await(int healthPort) throws IOException, InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + healthPort + "/ready");
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
        Await.until(
                ready.toString(),
                LONGEST,
                BETWEEN,
                () ->
                        client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                                == 200);
    }

    private Ready() {}
}
