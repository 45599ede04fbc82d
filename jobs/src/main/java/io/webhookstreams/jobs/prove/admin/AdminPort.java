/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** The admin port of one listener. Safe from any thread; each call takes a few seconds at most. */
public final class AdminPort {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final Map<String, String> credentials;

    /**
     * A port that need not listen yet.
     *
     * @param url of the port, without a path
     * @param credentials headers of each request
     */
    public AdminPort(URI url, Map<String, String> credentials) {
        this.url = url;
        this.credentials = Map.copyOf(credentials);
    }

    public URI url() {
        return url;
    }

    /**
     * What the listener says of itself.
     *
     * @throws java.net.ConnectException if nobody listens
     * @throws IOException if there is no answer, or no 2xx
     */
    public JsonNode status() throws IOException, InterruptedException {
        return JSON.readTree(send(request("/status")));
    }

    /** What it holds; throws as {@link #status}. */
    public Levels levels() throws IOException, InterruptedException {
        return Levels.of(status());
    }

    /** Closes its admission; throws as {@link #status}. */
    public void drain() throws IOException, InterruptedException {
        send(request("/drain").POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Opens its admission again; throws as {@link #status}. */
    public void resume() throws IOException, InterruptedException {
        send(request("/resume").POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path)).timeout(PATIENCE);
        credentials.forEach(request::header);
        return request;
    }

    private static String send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(response.uri() + ": " + response.statusCode());
        }
        return response.body();
    }
}
