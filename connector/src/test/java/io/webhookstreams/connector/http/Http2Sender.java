/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Sends deliveries over one HTTP/2 connection, in clear and by prior knowledge. */
final class Http2Sender implements AutoCloseable {

    private final HttpClient client =
            new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));

    /**
     * Not the client's own, and never stopped: what has arrived when the client stops still needs a
     * thread to run on, and so does what that brings about.
     */
    private final Executor threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "http2-sender");
                        thread.setDaemon(true);
                        return thread;
                    });

    private final URI uri;

    Http2Sender(URI uri) throws Exception {
        this.uri = uri;
        client.setExecutor(threads);
        client.setMaxConnectionsPerDestination(1);
        client.setMaxRequestsQueuedPerDestination(100_000);
        client.start();
    }

    Request aDelivery(String eventId, String body) {
        return client.newRequest(uri)
                .method("POST")
                .headers(
                        headers ->
                                headers.put("Authorization", "Bearer " + TestServer.TOKEN)
                                        .put("X-Event-Id", eventId))
                .body(new StringRequestContent("application/json", body, StandardCharsets.UTF_8));
    }

    /** A request without a body, for the same path with that query. */
    Request aRequest(String method, String query) {
        return client.newRequest(URI.create(uri + query)).method(method);
    }

    /** The status of the answer; fails when there is none. */
    CompletableFuture<Integer> send(Request request) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        request.send(
                result -> {
                    if (result.isFailed()) {
                        status.completeExceptionally(result.getFailure());
                    } else {
                        status.complete(result.getResponse().getStatus());
                    }
                });
        return status;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the client does not stop", e);
        }
    }
}
