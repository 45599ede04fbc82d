/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The whole job on its embedded Flink is killed and started again at once. */
final class Recovery {

    private final Systems systems;
    private final Message message;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private int id;

    Recovery(Systems systems, Message message) {
        this.systems = systems;
        this.message = message;
    }

    /** Seconds from SIGKILL to the first 2xx, once for each kill. */
    List<Double> measure(int kills) throws Exception {
        Systems.JobFile job = systems.jobFile(100);
        String url = "http://127.0.0.1:" + job.port();
        List<Double> seconds = new ArrayList<>();
        ServerProcess server = systems.run(job);
        try {
            awaitAnswer(url);
            for (int kill = 0; kill < kills; kill++) {
                long start = System.nanoTime();
                server.close();
                server = systems.run(job);
                awaitAnswer(url);
                seconds.add((System.nanoTime() - start) / 1e9);
                Progress.say("recovered in %.2f s", seconds.get(kill));
            }
        } finally {
            server.close();
        }
        return seconds;
    }

    private void awaitAnswer(String url) throws IOException, InterruptedException {
        Await.until("2xx", Duration.ofMinutes(2), Duration.ofMillis(10), () -> isAcknowledged(url));
    }

    private boolean isAcknowledged(String url) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + SourceServer.PATH + "?id=r" + id++))
                        .timeout(Duration.ofSeconds(5))
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        Files.readAllBytes(message.body())));
        for (String header : message.headers()) {
            int colon = header.indexOf(": ");
            request.header(header.substring(0, colon), header.substring(colon + 2));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()
                == 200;
    }
}
