/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.alertmanager;

import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An Alertmanager on loopback that sends every alert to one webhook, with a bearer token from a
 * file, and sends again what is not answered 2xx.
 */
public final class Alertmanager implements AutoCloseable {

    /** Where Debian's package {@code prometheus-alertmanager} puts it. */
    public static final Path BINARY = Path.of("/usr/bin/prometheus-alertmanager");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final ChildProcess process;

    private Alertmanager(URI base, ChildProcess process) {
        this.base = base;
        this.process = process;
    }

    public static Alertmanager start(Path directory, URI webhook, Path tokenFile)
            throws IOException, InterruptedException {
        Path config = Files.createDirectories(directory).resolve("alertmanager.yml");
        Files.writeString(config, config(webhook, tokenFile));
        String listen = "127.0.0.1:" + FreePorts.one();
        ChildProcess process =
                ChildProcess.start(
                        "alertmanager",
                        directory,
                        Map.of(),
                        List.of(
                                BINARY.toString(),
                                "--config.file=" + config,
                                "--storage.path=" + directory.resolve("storage"),
                                "--web.listen-address=" + listen,
                                "--cluster.listen-address="));
        Alertmanager started = new Alertmanager(URI.create("http://" + listen), process);
        Await.until(
                "alertmanager: ready",
                Duration.ofSeconds(30),
                () -> started.send(request("/-/ready", started.base).GET()) == 200);
        return started;
    }

    /** Tells it of an alert that fires now. */
    public void fire(String name, String summary) throws IOException, InterruptedException {
        String alert =
                """
                [{"labels":{"alertname":"%s","severity":"page"},"annotations":{"summary":"%s"}}]"""
                        .formatted(name, summary);
        int status =
                send(
                        request("/api/v2/alerts", base)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(alert)));
        if (status != 200) {
            throw new AssertionError("POST /api/v2/alerts: " + status + " (expected: 200)");
        }
    }

    private static String config(URI webhook, Path tokenFile) {
        return """
                route:
                  receiver: webhook
                  group_by: [alertname]
                  group_wait: 100ms
                  group_interval: 1s
                receivers:
                  - name: webhook
                    webhook_configs:
                      - url: %s
                        http_config:
                          authorization:
                            type: Bearer
                            credentials_file: %s
                """
                .formatted(webhook, tokenFile);
    }

    private static HttpRequest.Builder request(String path, URI base) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(5));
    }

    private int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        process.close();
    }
}
