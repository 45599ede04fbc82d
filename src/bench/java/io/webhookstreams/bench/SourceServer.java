/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.CoalescingOptions;
import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

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

    /** The load sends the headers of all its streams before the first body. */
    private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Arguments: port (the next two are those of health and of Flink's REST interface), checkpoint
     * interval in ms, data directory, file with the secret, tier, state backend, whether each
     * request bears an event id of its own, in its query.
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        Duration interval = Duration.ofMillis(Long.parseLong(arguments[1]));
        Configuration flink = TestedFlink.configuration(Path.of(arguments[2]), port + 2);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(StateBackendOptions.STATE_BACKEND, arguments[5]);
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flink).setParallelism(1);
        source(
                        port,
                        interval,
                        arguments[3],
                        Tier.valueOf(arguments[4].toUpperCase(Locale.ROOT)),
                        Boolean.parseBoolean(arguments[6]))
                .addTo(env, "webhooks")
                .sinkTo(new DiscardingSink<>())
                .name("discard");
        env.executeAsync("bench");
        Ready.await(port + 1);
        Ready.announce("http://127.0.0.1:" + port);
        Thread.currentThread().join();
    }

    private static WebhookSource<WebhookDelivery> source(
            int port, Duration interval, String secret, Tier tier, boolean ids) {
        return WebhookSource.<WebhookDelivery>builder()
                .listener(
                        listener ->
                                listener.set(ListenerOptions.PORT, Integer.toString(port))
                                        .set(
                                                ListenerOptions.HEALTH_PORT,
                                                Integer.toString(port + 1))
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
                                        .set(StreamOptions.EVENT_ID, ids ? "query:id" : "json:/id")
                                        // Without, every request of the load is a retry of one.
                                        .set(CoalescingOptions.ENABLED, ids)
                                        .set(StreamOptions.EVENT_TYPE, "json:/type")
                                        .set(StreamOptions.TIER, tier)
                                        .set(StreamOptions.BODY_TIMEOUT, BODY_TIMEOUT)
                                        .set(
                                                StreamOptions.ANSWER_DEADLINE,
                                                interval.plus(Duration.ofSeconds(30)))
                                        .set(
                                                DeadlineOptions.VENDOR_DEADLINE,
                                                interval.plus(Duration.ofSeconds(40))))
                .deserializer(WebhookDeserializationSchema.deliveries())
                .build();
    }

    private SourceServer() {}
}
