/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import com.sun.management.OperatingSystemMXBean;

import io.webhookstreams.connector.CheckpointOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookSource;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Checkpoints on demand beside fixed intervals: a vendor who posts one event now and then, and how
 * long it waits, how many checkpoints that takes and what they cost. Prints a table; the sender is
 * in the same process, and in its time of the processor. Leave the machine alone meanwhile.
 */
public final class RareCheckpoints {

    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final Duration IDLE_INTERVAL = Duration.ofMinutes(1);
    private static final double BETWEEN_EVENTS_MILLIS = 4_000;
    private static final long SEED = 7;
    private static final String PATH = "/in/bench";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Duration interval;
    private final boolean onDemand;
    private final int port;
    private int events;

    private RareCheckpoints(Duration interval, boolean onDemand) throws IOException {
        this.interval = interval;
        this.onDemand = onDemand;
        this.port = Ports.neighbours(3);
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(
                "| checkpoints | p50 ms | p90 ms | events | checkpoints in %d s | processor, cores |%n"
                        + "|---|---|---|---|---|---|%n",
                MEASURED.toSeconds());
        for (int millis : new int[] {1_000, 100}) {
            new RareCheckpoints(Duration.ofMillis(millis), false).measure();
        }
        for (int millis : new int[] {100, 20}) {
            new RareCheckpoints(Duration.ofMillis(millis), true).measure();
        }
        System.exit(0);
    }

    private void measure() throws Exception {
        JobClient job = start();
        try {
            Ready.await(port + 1);
            SplittableRandom random = new SplittableRandom(SEED);
            post(random, WARM_UP);
            long checkpoints = completed(job);
            OperatingSystemMXBean system =
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long busy = system.getProcessCpuTime();
            long began = System.nanoTime();
            List<Double> millis = post(random, MEASURED);
            long took = System.nanoTime() - began;
            busy = system.getProcessCpuTime() - busy;
            millis.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f | %d | %d | %.3f |%n",
                    onDemand
                            ? "on demand, %d ms or %d s"
                                    .formatted(interval.toMillis(), IDLE_INTERVAL.toSeconds())
                            : "every %d ms".formatted(interval.toMillis()),
                    millis.get(millis.size() / 2),
                    millis.get(millis.size() * 9 / 10),
                    millis.size(),
                    completed(job) - checkpoints,
                    (double) busy / took);
        } finally {
            job.cancel().get();
        }
    }

    private JobClient start() throws Exception {
        Path directory = Files.createTempDirectory("rare-checkpoints");
        Configuration flink = TestedFlink.configuration(directory, port + 2);
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
        flink.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        flink.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        flink.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        if (onDemand) {
            flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL_DURING_BACKLOG, IDLE_INTERVAL);
        }
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flink).setParallelism(2);
        WebhookSource.<WebhookDelivery>builder()
                .listener(
                        l ->
                                l.set(ListenerOptions.PORT, Integer.toString(port))
                                        .set(
                                                ListenerOptions.HEALTH_PORT,
                                                Integer.toString(port + 1)))
                .source(s -> s.set(CheckpointOptions.ON_DEMAND, onDemand))
                .stream(
                        "bench",
                        s ->
                                s.set(StreamOptions.PATH, PATH)
                                        .set(StreamOptions.AUTH_TYPE, "none")
                                        .set(StreamOptions.EVENT_ID, "header:x-event-id"))
                .deserializer(WebhookDeserializationSchema.deliveries())
                .build()
                .addTo(env, "webhooks")
                .sinkTo(new DiscardingSink<>());
        return env.executeAsync("rare-checkpoints");
    }

    /** Times to answer, in milliseconds, of events that come at random. */
    private List<Double> post(SplittableRandom random, Duration time) throws Exception {
        List<Double> millis = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            double pause = -Math.log(1 - random.nextDouble()) * BETWEEN_EVENTS_MILLIS;
            TimeUnit.MILLISECONDS.sleep(Math.round(pause));
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                            .header("x-event-id", "evt_" + events++)
                            .POST(BodyPublishers.ofString("{}"))
                            .build();
            long sent = System.nanoTime();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("answer: " + status + " (expected: 200)");
            }
            millis.add((System.nanoTime() - sent) / 1e6);
        }
        return millis;
    }

    private long completed(JobClient job) throws IOException, InterruptedException {
        URI uri =
                URI.create(
                        "http://127.0.0.1:%d/jobs/%s/checkpoints"
                                .formatted(port + 2, job.getJobID()));
        return CheckpointFigures.completed(
                client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    }
}
