/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.connector.CheckpointOptions.DeadlineCheck;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;
import io.webhookstreams.connector.WebhookSourceBuilder;
import io.webhookstreams.jobs.pipeline.Pipeline;
import io.webhookstreams.jobs.pipeline.PipelineSettings;
import io.webhookstreams.jobs.pipeline.WindowSettings;
import io.webhookstreams.test.support.FreePorts;
import io.webhookstreams.test.support.TestDirectory;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A job to be started: {@code source → valve ═ rebalance ═► valve}, to which a second source may
 * come without a valve of its own, with the job's whole pipeline behind it where a test asks for
 * it. Checkpoints come only when asked for, no deadline passes and the watchdog sleeps, unless the
 * test says otherwise.
 */
final class Plan {

    static final String TOKEN = "t0ken-of-the-vendor-that-nobody-may-see";
    static final String ADMIN_TOKEN = "t0ken-of-the-operator-that-nobody-may-see";

    private static final Duration NEVER = Duration.ofHours(2);

    private final Flink flink;
    private final String name;
    private final Path directory;
    private final FreePorts.Range ports = FreePorts.range(3);
    private final Configuration job = new Configuration();
    private final Configuration source = new Configuration();
    private final Configuration listener = new Configuration();
    private final Map<String, Configuration> streams = new LinkedHashMap<>();

    /** Of the second source; null where there is none. */
    private Configuration second;

    private WebhookDeserializationSchema<WebhookDelivery> schema =
            WebhookDeserializationSchema.deliveries();
    private boolean checked = true;
    private boolean withPipeline;
    private int parallelism = 1;

    private Plan(Flink flink, String name, Path directory) {
        this.flink = flink;
        this.name = name;
        this.directory = directory;
    }

    static Plan of(Flink flink, Class<?> test, String name) throws IOException {
        Plan plan = new Plan(flink, name, TestDirectory.of(test, name));
        plan.configureJob();
        plan.configureSource();
        return plan;
    }

    private void configureJob() {
        job.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        job.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 1_000);
        job.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        job.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        job.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1_000);
        job.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(20));
        // The first checkpoint of Flink's own comes after a random part of the interval.
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, NEVER.dividedBy(2));
        job.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, NEVER.dividedBy(2));
    }

    private void configureSource() throws IOException {
        listener.set(ListenerOptions.PORT, ports.first() + "");
        listener.set(ListenerOptions.HEALTH_PORT, ports.first() + 1 + "");
        listener.set(ListenerOptions.ADMIN_PORT, ports.first() + 2 + "");
        listener.set(ListenerOptions.ADMIN_TOKEN, secret("admin-token", ADMIN_TOKEN));
        source.set(SourceOptions.LANES, 8);
        source.set(SourceOptions.ON_ERROR, SourceOptions.OnError.DROP);
        source.set(SourceOptions.WATCHDOG_TIMEOUT, NEVER);
        // Checkpoints complete when a test says so, whatever vendors wait for.
        source.set(CheckpointOptions.DEADLINE_CHECK, DeadlineCheck.OFF);
        List<String> secrets = List.of(secret("token", TOKEN));
        stream(
                "orders",
                s ->
                        s.set(StreamOptions.PATH, "/in/orders")
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(StreamOptions.AUTH_SECRETS, secrets)
                                .set(StreamOptions.EVENT_ID, "json:/id")
                                .set(StreamOptions.ANSWER_DEADLINE, NEVER));
    }

    /** A reference to a new secret file. */
    String secret(String file, String value) throws IOException {
        return "file:" + Files.writeString(directory.resolve(file), value);
    }

    /** The stream that every job here has. */
    Plan orders(Consumer<Configuration> options) {
        return stream("orders", options);
    }

    Plan stream(String stream, Consumer<Configuration> options) {
        options.accept(streams.computeIfAbsent(stream, added -> new Configuration()));
        return this;
    }

    Plan source(Consumer<Configuration> options) {
        options.accept(source);
        return this;
    }

    /**
     * A second source on the same listener, with the stream {@code refunds}: as the first one is by
     * now, but for these options.
     */
    Plan secondSource(Consumer<Configuration> options) {
        second = new Configuration(source);
        options.accept(second);
        return this;
    }

    Plan listener(Consumer<Configuration> options) {
        options.accept(listener);
        return this;
    }

    Plan job(Consumer<Configuration> options) {
        options.accept(job);
        return this;
    }

    Plan checkpointEvery(Duration interval) {
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        job.removeConfig(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS);
        return this;
    }

    Plan schema(WebhookDeserializationSchema<WebhookDelivery> records) {
        schema = records;
        return this;
    }

    /** Adds the source without the check that its deadlines fit the checkpoints' interval. */
    Plan unchecked() {
        checked = false;
        return this;
    }

    /** Deduplication and files behind the valves. */
    Plan withPipeline() {
        withPipeline = true;
        return this;
    }

    Plan parallelism(int value) {
        parallelism = value;
        return this;
    }

    TestJob start() throws Exception {
        return start(SavepointRestoreSettings.none());
    }

    TestJob startFrom(String savepoint) throws Exception {
        return start(SavepointRestoreSettings.forPath(savepoint));
    }

    private TestJob start(SavepointRestoreSettings from) throws Exception {
        JobGraph graph = graph();
        graph.setSavepointRestoreSettings(from);
        TestJob started = new TestJob(flink, flink.submit(graph), name, directory, ports);
        started.awaitReady();
        return started;
    }

    JobGraph graph() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(job);
        env.setParallelism(parallelism);
        Pipeline pipeline = new Pipeline(pipelineSettings());
        DataStream<WebhookDelivery> arrived =
                throughValve(deliveries(env, pipeline), "source-valve").rebalance();
        if (second != null) {
            arrived = arrived.union(refunds(env, pipeline).rebalance());
        }
        DataStream<WebhookDelivery> passed = throughValve(arrived, "sink-valve");
        if (withPipeline) {
            pipeline.addTo(passed);
        } else {
            passed.sinkTo(new DiscardingSink<>());
        }
        return env.getStreamGraph().getJobGraph();
    }

    private DataStream<WebhookDelivery> deliveries(
            StreamExecutionEnvironment env, Pipeline pipeline) {
        WebhookSourceBuilder<WebhookDelivery> builder =
                WebhookSource.<WebhookDelivery>builder().listener(listener).source(source);
        streams.forEach(builder::stream);
        WebhookSource<WebhookDelivery> built = builder.deserializer(schema).build();
        return checked
                ? built.addTo(env, "webhooks", pipeline.watermarks())
                : env.fromSource(built, pipeline.watermarks(), "webhooks").uid("webhooks");
    }

    private DataStream<WebhookDelivery> refunds(StreamExecutionEnvironment env, Pipeline pipeline) {
        Configuration stream = new Configuration(streams.get("orders"));
        stream.set(StreamOptions.PATH, "/in/refunds");
        return WebhookSource.<WebhookDelivery>builder().listener(listener).source(second).stream(
                        "refunds", stream)
                .deserializer(schema)
                .build()
                .addTo(env, "refunds", pipeline.watermarks());
    }

    private DataStream<WebhookDelivery> throughValve(
            DataStream<WebhookDelivery> records, String valve) {
        return records.process(new Valve(name + "/" + valve))
                .returns(WebhookDelivery.class)
                .uid(valve);
    }

    private PipelineSettings pipelineSettings() {
        Duration minute = Duration.ofMinutes(1);
        return new PipelineSettings(
                Duration.ofDays(1),
                Set.of(),
                Set.of(),
                Set.of(),
                new WindowSettings(minute, Duration.ZERO, minute),
                Duration.ZERO,
                minute,
                directory.resolve("output").toUri().toString(),
                Duration.ofMillis(200),
                MemorySize.ofMebiBytes(1));
    }
}
