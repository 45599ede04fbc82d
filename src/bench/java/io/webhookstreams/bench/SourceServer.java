/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The source alone: every request verified (GitHub's scheme), held, answered by the checkpoint that
 * contains it; its records are discarded.
 */
final class SourceServer {

    static final String PATH = "/in/bench";

    /**
     * Arguments: port (the next two are those of health and of Flink's REST interface), checkpoint
     * interval in ms, data directory, file with the secret, tier, state backend.
     */
    public static void main(String[] arguments) throws Exception {
        String port = arguments[0];
        Duration interval = Duration.ofMillis(Long.parseLong(arguments[1]));
        Path data = Files.createDirectories(Path.of(arguments[2]));
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, data.toUri().toString());
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(StateBackendOptions.STATE_BACKEND, arguments[5]);
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        flink.set(RestOptions.BIND_PORT, Integer.toString(Integer.parseInt(port) + 2));
        flink.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, 50);
        // The server is halted while others have their turn.
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofHours(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flink).setParallelism(1);
        source(port, interval, arguments[3], Tier.valueOf(arguments[4].toUpperCase(Locale.ROOT)))
                .addTo(env, "webhooks")
                .sinkTo(new DiscardingSink<>())
                .name("discard");
        env.executeAsync("bench");
        String url = "http://127.0.0.1:" + port;
        awaitReady(URI.create("http://127.0.0.1:" + (Integer.parseInt(port) + 1) + "/ready"));
        Ready.announce(url);
        Thread.currentThread().join();
    }

    private static WebhookSource<WebhookDelivery> source(
            String port, Duration interval, String secret, Tier tier) {
        return WebhookSource.<WebhookDelivery>builder()
                .listener(
                        listener ->
                                listener.set(ListenerOptions.PORT, port)
                                        .set(
                                                ListenerOptions.HEALTH_PORT,
                                                Integer.toString(Integer.parseInt(port) + 1))
                                        .set(ListenerOptions.HTTP2_MAX_STREAMS, 100_000)
                                        .set(
                                                ListenerOptions.HELD_MAX_BYTES,
                                                MemorySize.ofMebiBytes(1024))
                                        .set(
                                                ListenerOptions.UNVERIFIED_MAX_BYTES,
                                                MemorySize.ofMebiBytes(512)))
                .source(
                        source ->
                                source.set(
                                        SourceOptions.QUEUE_MAX_BYTES, MemorySize.ofMebiBytes(256)))
                .stream(
                        "bench",
                        stream ->
                                stream.set(StreamOptions.PATH, PATH)
                                        .set(StreamOptions.AUTH_TYPE, "github")
                                        .set(StreamOptions.AUTH_SECRETS, List.of("file:" + secret))
                                        .set(StreamOptions.EVENT_ID, "json:/id")
                                        .set(StreamOptions.EVENT_TYPE, "json:/type")
                                        .set(StreamOptions.TIER, tier)
                                        .set(
                                                StreamOptions.ANSWER_DEADLINE,
                                                interval.plus(Duration.ofSeconds(30))))
                .deserializer(WebhookDeserializationSchema.deliveries())
                .build();
    }

    private static void awaitReady(URI ready) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(ready).build();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
                        == 200) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // The reader has not opened the port yet.
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("ready: not within 60 s at " + ready);
    }

    private SourceServer() {}
}
