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
        Systems.WholeJob job = systems.job(100);
        RunningSystem system = job.startReady();
        ServerProcess server = system.processes().get(0);
        List<Double> seconds = new ArrayList<>();
        try {
            awaitAnswer(system.url());
            for (int kill = 0; kill < kills; kill++) {
                long start = System.nanoTime();
                server.close();
                server = job.start();
                awaitAnswer(system.url());
                seconds.add((System.nanoTime() - start) / 1e9);
                Progress.say("recovered in %.2f s", seconds.get(kill));
            }
        } finally {
            server.close();
        }
        return seconds;
    }

    private void awaitAnswer(String url) throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (System.nanoTime() < deadline) {
            if (isAcknowledged(url)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IOException("no 2xx within 120 s");
    }

    private boolean isAcknowledged(String url) throws Exception {
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
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()
                    == 200;
        } catch (IOException down) {
            return false;
        }
    }
}
