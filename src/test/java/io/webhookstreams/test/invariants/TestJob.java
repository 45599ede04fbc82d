/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.fuzz.AnswerLog;
import io.webhookstreams.jobs.prove.oracle.SinkFiles;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A running job: what a vendor, an operator and Flink can do to it and see of it. */
final class TestJob implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HELD_REQUEST_BYTES = 8 * 1024;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Flink flink;
    private final JobID id;
    private final String name;
    private final Path directory;
    private final FreePorts.Range ports;

    TestJob(Flink flink, JobID id, String name, Path directory, FreePorts.Range ports) {
        this.flink = flink;
        this.id = id;
        this.name = name;
        this.directory = directory;
        this.ports = ports;
    }

    int port() {
        return ports.first();
    }

    Path directory() {
        return directory;
    }

    JobID id() {
        return id;
    }

    /** Runs in the source's task. */
    Valve.Control sourceValve() {
        return Valve.of(name + "/source-valve");
    }

    /** Runs in a task of its own. */
    Valve.Control sinkValve() {
        return Valve.of(name + "/sink-valve");
    }

    SinkFiles files(String destination) {
        return new SinkFiles(directory.resolve("output").resolve(destination));
    }

    /** A delivery to the stream `orders`, without a body. */
    HttpRequest.Builder request() {
        return request("/in/orders");
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(local(0, path))
                .timeout(Flink.SOON)
                .header("Authorization", "Bearer " + Plan.TOKEN);
    }

    static String event(String eventId) {
        return "{\"id\":\"%s\"}".formatted(eventId);
    }

    /** The bytes of a delivery, on a connection that closes after its answer. */
    String rawPost(String eventId) {
        String body = event(eventId);
        return """
                POST /in/orders HTTP/1.1\r
                Host: x\r
                Connection: close\r
                Authorization: Bearer %s\r
                Content-Length: %d\r
                \r
                %s"""
                .formatted(Plan.TOKEN, body.length(), body);
    }

    /** Posts an event as a vendor does, again and again, with checkpoints meanwhile. */
    void postUntilAccepted(String eventId) throws InterruptedException {
        Await.until(
                eventId + ": accepted",
                Flink.SOON,
                () -> {
                    CompletableFuture<HttpResponse<String>> answer = post(eventId);
                    Await.until(
                            eventId + ": answered",
                            Flink.SOON,
                            () -> {
                                // It may fail with the job; the next one will not.
                                CompletableFuture<Long> unused = triggerCheckpoint();
                                return answer.isDone();
                            });
                    return answer.join().statusCode() == 200;
                });
    }

    /** Posts an event; done when it is answered. */
    CompletableFuture<HttpResponse<String>> post(String eventId) {
        return send(request().POST(BodyPublishers.ofString(event(eventId))));
    }

    CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString())
                .thenApply(
                        answer -> {
                            AnswerLog.keep(answer);
                            return answer;
                        });
    }

    /** Makes a checkpoint that completes. */
    void completeCheckpoint() throws Exception {
        Flink.get(flink.triggerCheckpoint(id));
    }

    CompletableFuture<Long> triggerCheckpoint() {
        return flink.triggerCheckpoint(id);
    }

    String stopWithSavepoint() throws Exception {
        return flink.stopWithSavepoint(id, directory.resolve("savepoints"));
    }

    AccessExecutionGraph executionGraph() {
        return flink.executionGraph(id);
    }

    /** What Flink's web UI shows of the job. */
    String rest(String path) throws IOException, InterruptedException {
        URI uri = URI.create(flink.restAddress() + path.replace(":job", id.toString()));
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
    }

    JsonNode status() throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(local(2, "/status"))
                        .header("Authorization", "Bearer " + Plan.ADMIN_TOKEN)
                        .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    long pendingDeliveries() throws IOException, InterruptedException {
        return sumOverReaders("pendingDeliveries");
    }

    long pendingBytes() throws IOException, InterruptedException {
        return sumOverReaders("pendingBytes");
    }

    private long sumOverReaders(String field) throws IOException, InterruptedException {
        long sum = 0;
        for (JsonNode reader : status().get("readers")) {
            sum += reader.get(field).asLong();
        }
        return sum;
    }

    /** How often the job has failed and come back. */
    int restarts() {
        int most = 0;
        for (AccessExecutionVertex task : executionGraph().getAllExecutionVertices()) {
            most = Math.max(most, task.getCurrentExecutionAttempt().getAttemptNumber());
        }
        return most;
    }

    void awaitRestarts(int least) throws InterruptedException {
        Await.until("restarts: " + least, Flink.SOON, () -> restarts() >= least);
    }

    int readiness() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(local(1, "/ready")).build();
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    void awaitReady() throws InterruptedException {
        Await.until("job: ready", Flink.SOON, () -> readiness() == 200);
    }

    /** Returns when so many requests are held. */
    void awaitHeld(int requests) throws InterruptedException {
        Await.until("held: " + requests, Flink.SOON, () -> held() == requests);
    }

    /** Nothing that requests occupied is occupied any more. */
    void awaitNothingHeld() throws InterruptedException {
        Await.until(
                "open, held and unverified requests: none",
                Flink.SOON,
                () -> {
                    JsonNode status = status();
                    return status.get("openRequests").asLong() == 0
                            && status.get("heldBytes").asLong() == 0
                            && status.get("unverifiedRequests").asLong() == 0;
                });
    }

    /** Requests that are held now, with their delivery appended: the next checkpoint has it. */
    long held() throws IOException, InterruptedException {
        long charged = status().get("heldBytes").asLong() / HELD_REQUEST_BYTES;
        return Math.min(charged, Metrics.sum(".pendingReceipts"));
    }

    private URI local(int offset, String path) {
        return URI.create("http://127.0.0.1:" + (ports.first() + offset) + path);
    }

    @Override
    public void close() {
        sourceValve().open();
        sinkValve().open();
        flink.cancel(id);
    }
}
