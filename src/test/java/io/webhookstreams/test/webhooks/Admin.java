/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands all listeners of one machine by their admin ports, as an operator does before {@code
 * flink stop --drain}.
 */
public final class Admin {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final FreePorts.Range ports;
    private final String token;

    public Admin(FreePorts.Range ports, String token) {
        this.ports = ports;
        this.token = token;
    }

    /** Closes admission everywhere and returns when every listener is drained. */
    public void drain() throws IOException, InterruptedException {
        List<Integer> listeners = listeners();
        for (int port : listeners) {
            send(request(port, "/drain").POST(HttpRequest.BodyPublishers.noBody()));
        }
        for (int port : listeners) {
            Await.until("admin " + port + ": drained", SOON, () -> isDrained(port));
        }
    }

    /** Opens admission again everywhere. */
    public void resume() throws IOException, InterruptedException {
        for (int port : listeners()) {
            send(request(port, "/resume").POST(HttpRequest.BodyPublishers.noBody()));
        }
    }

    /** What each listener says of itself. */
    public List<JsonNode> status() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        for (int port : listeners()) {
            all.add(json.readTree(send(request(port, "/status"))));
        }
        return all;
    }

    private List<Integer> listeners() throws IOException, InterruptedException {
        List<Integer> listening = new ArrayList<>();
        for (int port = ports.first(); port <= ports.last(); port++) {
            if (listens(port)) {
                listening.add(port);
            }
        }
        if (listening.isEmpty()) {
            throw new AssertionError(
                    "admin: nobody listens (expected: some port of " + ports + ")");
        }
        return listening;
    }

    private boolean listens(int port) throws IOException, InterruptedException {
        try {
            send(request(port, "/status"));
            return true;
        } catch (ConnectException nobodyListens) {
            return false;
        }
    }

    private boolean isDrained(int port) throws IOException, InterruptedException {
        return json.readTree(send(request(port, "/status"))).required("drained").asBoolean();
    }

    private HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(
                    "%s: %d %s (expected: 2xx)"
                            .formatted(response.uri(), response.statusCode(), response.body()));
        }
        return response.body();
    }
}
