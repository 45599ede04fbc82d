/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.suite;

import org.apache.flink.connector.testframe.external.ExternalSystemSplitDataWriter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What an external system is to a source that is pushed to: it posts its records in order, and each
 * until it has been answered 2xx. It does not know where the source listens, and tries the ports in
 * turn. A record that is held without an answer for long is let go ahead: where there are no
 * checkpoints, no answer ever comes.
 */
final class PatientSender implements ExternalSystemSplitDataWriter<String> {

    private static final long PATIENCE_MILLIS = 3_000;
    private static final long PATIENCE_WITHOUT_CHECKPOINTS_MILLIS = 20;
    private static final long PAUSE_MILLIS = 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<String> records = new LinkedBlockingQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private final String name;
    private final List<URI> endpoints;

    /** Held requests that nobody waits for any more. */
    private final Deque<CompletableFuture<HttpResponse<Void>>> held = new ArrayDeque<>();

    private long patienceMillis = PATIENCE_MILLIS;
    private int endpoint;

    PatientSender(String name, List<URI> endpoints) {
        this.name = name;
        this.endpoints = endpoints;
        this.thread = new Thread(this::sendUntilStopped, "sender-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void writeRecords(List<String> more) {
        records.addAll(more);
    }

    /** What was written is sent all the same; see {@link #stop}. */
    @Override
    public void close() {}

    void stop() {
        stopped.countDown();
        thread.interrupt();
        held.forEach(request -> request.cancel(true));
    }

    private void sendUntilStopped() {
        try {
            while (stopped.getCount() > 0) {
                send(records.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String record) throws InterruptedException {
        while (!isDone(record)) {
            endpoint = (endpoint + 1) % endpoints.size();
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    /** Whether to go on: the record was answered 2xx, or is held where no answers come. */
    private boolean isDone(String record) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> request =
                client.sendAsync(requestFor(record), BodyHandlers.discarding());
        try {
            int status = request.get(patienceMillis, TimeUnit.MILLISECONDS).statusCode();
            patienceMillis = PATIENCE_MILLIS;
            return status / 100 == 2;
        } catch (TimeoutException e) {
            patienceMillis = PATIENCE_WITHOUT_CHECKPOINTS_MILLIS;
            held.add(request);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return false;
            }
            throw new IllegalStateException(name, e);
        }
    }

    private HttpRequest requestFor(String record) {
        return HttpRequest.newBuilder(endpoints.get(endpoint))
                .header("content-type", "text/plain")
                .header("x-event-id", record)
                .header("x-sender", name)
                .POST(BodyPublishers.ofString(record))
                .build();
    }
}
