/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Asks the JobManager that leads about its cluster. An {@link IOException} means that it does not
 * answer, or not with 200.
 */
public final class FlinkRest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Leader leader;

    /** Tells the REST address of the JobManager that leads. */
    @FunctionalInterface
    interface Leader {
        URI rest() throws IOException;
    }

    FlinkRest(Leader leader) {
        this.leader = leader;
    }

    /** The resource ids of the TaskManagers that the JobManager takes for alive. */
    public Set<String> taskManagers() throws IOException, InterruptedException {
        return elements(get("/taskmanagers").get("taskmanagers"))
                .map(node -> node.get("id").asText())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * True when every subtask of the job runs: RUNNING of a job alone says nothing about its tasks.
     */
    public boolean isRunning(String job) throws IOException, InterruptedException {
        JsonNode details = get("/jobs/" + job);
        return details.get("state").asText().equals("RUNNING")
                && elements(details.get("vertices"))
                        .allMatch(
                                v ->
                                        v.at("/tasks/RUNNING").asInt()
                                                == v.get("parallelism").asInt());
    }

    public String state(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job).get("state").asText();
    }

    public long completedCheckpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").at("/counts/completed").asLong();
    }

    /** How many checkpoints have failed since the job's JobManager started. */
    public long failedCheckpoints(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").at("/counts/failed").asLong();
    }

    /** The resource ids of the TaskManagers that run a subtask of the job's sources. */
    public Set<String> taskManagersOfSources(String job) throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            if (vertex.get("name").asText().startsWith("Source: ")) {
                String path = "/jobs/" + job + "/vertices/" + vertex.get("id").asText();
                elements(get(path).get("subtasks"))
                        .forEach(subtask -> ids.add(subtask.get("taskmanager-id").asText()));
            }
        }
        return ids;
    }

    /** How often the job has been restored from a checkpoint since it was submitted. */
    public long restores(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").at("/counts/restored").asLong();
    }

    /** The number of the newest checkpoint that is complete; 0 for none. */
    public long newestCheckpoint(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").at("/latest/completed/id").asLong();
    }

    /** The number of the checkpoint that the job was last restored from; 0 for none. */
    public long restoredCheckpoint(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job + "/checkpoints").at("/latest/restored/id").asLong();
    }

    /** Cancels the job, which takes its time; its checkpoints stay where they are retained. */
    public void cancel(String job) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(leader.rest().resolve("/jobs/" + job + "?mode=cancel"))
                        .timeout(Duration.ofSeconds(5))
                        .method("PATCH", HttpRequest.BodyPublishers.noBody())
                        .build();
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 202) {
            throw new IOException("cancel " + job + ": " + status + " (expected: 202)");
        }
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(leader.rest().resolve(path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " (expected: 200)");
        }
        return json.readTree(response.body());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
