/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.embedded.FreePort;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** No waiting on downstream: what senders are told while a sink is slow, or stuck. */
class DownstreamITCase {

    /** More than what fits into the network buffers and the queue together. */
    private static final int MANY = 500;

    private static final String PADDING = "x".repeat(4000);

    @TempDir Path folder;
    private int port;
    private JobClient job;
    private final HttpClient client = HttpClient.newHttpClient();

    /** Why posts had no answer. */
    private final Queue<String> silences = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void choosePort() throws IOException {
        port = FreePort.firstOf("127.0.0.1", "0");
    }

    @AfterEach
    void cancel() throws Exception {
        job.cancel().get();
    }

    @Test
    void with_a_slow_sink_deliveries_are_answered_until_the_queue_is_full_and_come_out_once()
            throws Exception {
        GatedSink sink = GatedSink.slow(Duration.ofMillis(20));
        start(sink, "answer-deadline: 30 s");
        deliver("first");

        List<Integer> answers =
                postAtOnce(IntStream.range(0, MANY).mapToObj(DownstreamITCase::event).toList());
        assertThat(answers)
                .as("without an answer: %s", silences)
                .contains(200, 503)
                .containsOnly(200, 503);
        long answered = answers.stream().filter(status -> status == 200).count();
        assertThat(sink.written().size())
                .as("written when all had their answers; answered 2xx: %d", answered)
                .isLessThan((int) answered);

        List<String> refused =
                IntStream.range(0, MANY)
                        .filter(i -> answers.get(i) != 200)
                        .mapToObj(DownstreamITCase::event)
                        .toList();
        deliver(refused);
        Await.until("all events written", () -> sink.written().size() > MANY);
        assertThat(sink.written()).hasSize(MANY + 1).doesNotHaveDuplicates();
    }

    @Test
    void with_a_stuck_sink_deliveries_expire_then_the_watchdog_fires_and_nothing_is_lost()
            throws Exception {
        GatedSink sink = GatedSink.stuckOn("stuck");
        start(sink, "answer-deadline: 1 s");
        deliver("first");
        // No barrier passes a writer whose call does not return.
        CompletableFuture<Integer> stuck = post("stuck");
        AtomicInteger behind = new AtomicInteger();
        Await.until(
                "an expired delivery",
                () -> post("behind-" + behind.incrementAndGet()).get() == 503);
        assertThat(stuck.get()).isIn(200, 503);
        Await.until("refused at once", () -> isRefusedAtOnce("refused"));

        sink.release();
        deliver("after");
        List<String> all = List.of("first", "stuck", "after");
        Await.until("all written", () -> sink.written().containsAll(all));
    }

    private void start(GatedSink sink, String streamOption) throws Exception {
        JobDefinition definition = JobDefinition.load(configuration(streamOption));
        Configuration flink = WebhooksGraph.environment(definition.settings());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(1);
        definition
                .source()
                .addTo(env, "source", WatermarkStrategy.noWatermarks())
                .keyBy(WebhookDelivery::eventId)
                .sinkTo(sink);
        job = env.executeAsync("downstream");
    }

    private Path configuration(String streamOption) throws IOException {
        return Files.writeString(
                folder.resolve("webhooks.yaml"),
                """
                listener: {port: %d, health.port: 0}
                source: {queue.max-bytes: 64kb, watchdog.timeout: 3 s, expected-checkpoint-duration: 100 ms}
                streams:
                  orders:
                    path: /in/orders
                    auth: {type: none}
                    event-id: header:x-id
                    max-body: 8kb
                    max-inflated-body: 8kb
                    # Its sender is this process, which a busy machine may hold up.
                    body-timeout: 60 s
                    %s
                job: {checkpoint-interval: 100 ms}
                """
                        .formatted(port, streamOption));
    }

    private void deliver(String id) throws Exception {
        Await.until("2xx for " + id, () -> post(id).get() == 200);
    }

    /** As vendors do who come again until they hear 2xx. */
    private void deliver(List<String> ids) throws Exception {
        AtomicReference<List<String>> open = new AtomicReference<>(ids);
        Await.until(
                "2xx for all that was refused",
                () -> {
                    List<String> before = open.get();
                    List<Integer> answers = postAtOnce(before);
                    open.set(
                            IntStream.range(0, before.size())
                                    .filter(i -> answers.get(i) != 200)
                                    .mapToObj(before::get)
                                    .toList());
                    return open.get().isEmpty();
                });
    }

    private static String event(int number) {
        return "evt-" + number;
    }

    private List<Integer> postAtOnce(List<String> ids) {
        return ids.stream().map(this::post).toList().stream().map(CompletableFuture::join).toList();
    }

    private boolean isRefusedAtOnce(String id) throws Exception {
        try {
            return post(id).get(500, TimeUnit.MILLISECONDS) == 503;
        } catch (TimeoutException held) {
            return false;
        }
    }

    /** Completes with the status, or 0 where nobody listens yet. */
    private CompletableFuture<Integer> post(String id) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/in/orders"))
                        .header("x-id", id)
                        .POST(HttpRequest.BodyPublishers.ofString(PADDING))
                        .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle(
                        (answer, failure) -> {
                            if (failure != null) {
                                silences.add(id + ": " + failure);
                                return 0;
                            }
                            return answer.statusCode();
                        });
    }
}
