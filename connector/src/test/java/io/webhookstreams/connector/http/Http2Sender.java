/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.util.Callback;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

    /**
     * The request that would be these bytes over HTTP/1.1, one character each, but for its host.
     *
     * @param rest of its body, sent when the answer is there
     */
    Http2Answer exchange(String http1, String rest) throws Exception {
        int headEnds = http1.indexOf("\r\n\r\n");
        List<String> head = http1.substring(0, headEnds).lines().toList();
        String[] start = head.get(0).split(" ", -1);
        Request request = client.newRequest(uri.resolve(start[1])).method(start[0]);
        for (String line : head.subList(1, head.size())) {
            String[] field = line.split(": ", 2);
            if (!field[0].equals("Host")) {
                request.headers(headers -> headers.put(field[0], field[1]));
            }
        }
        AsyncRequestContent body = new AsyncRequestContent();
        request.body(body);
        CompletableFuture<Http2Answer> answer = new CompletableFuture<>();
        request.send(new Http2Answer.Reading(answer));
        write(body, http1.substring(headEnds + 4));
        if (rest.isEmpty()) {
            body.close();
        }
        Http2Answer read = answer.get(10, TimeUnit.SECONDS);
        write(body, rest);
        body.close();
        return read;
    }

    private static void write(AsyncRequestContent body, String bytes) {
        if (!bytes.isEmpty()) {
            // Where the answer has come first, nobody takes it any more.
            body.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)), Callback.NOOP);
        }
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
