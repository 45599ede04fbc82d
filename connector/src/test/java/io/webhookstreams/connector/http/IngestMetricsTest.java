/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.Denied;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.ingest.Refusal;
import io.webhookstreams.connector.metrics.MetricDefinition;

import org.apache.flink.metrics.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

class IngestMetricsTest extends ServerTestBase {

    @ParameterizedTest
    @EnumSource(MetricDefinition.class)
    void every_declared_metric_is_registered_with_its_type(MetricDefinition definition)
            throws Exception {
        TestServer server = start();

        for (String[] name : names(definition)) {
            Optional<Metric> metric = server.metrics.getMetric(Metric.class, name);
            assertThat(metric).as(String.join(".", name)).isPresent();
            assertThat(metric.get().getMetricType().name()).isEqualTo(definition.type().name());
        }
    }

    @Test
    void a_delivery_is_counted_from_its_arrival_to_its_answer() throws Exception {
        TestServer server = start();
        CompletableFuture<HttpResponse<String>> answer = sendAsync(aDelivery());
        server.intake.awaitDelivery();

        assertThat(counter("received")).isEqualTo(1);
        assertThat(counter("receivedBytes")).isEqualTo(EVENT.length());
        assertThat(gauge("heldRequests")).isEqualTo(1);

        server.intake.completeCheckpoint();
        answer.get();

        await(() -> counter("code", "ok", "answered") == 1);
        assertThat(gauge("heldRequests")).isZero();
        assertThat(
                        server.metrics
                                .getHistogram("stream", "orders", "timeToDurableMicros")
                                .orElseThrow()
                                .getStatistics()
                                .size())
                .isEqualTo(1);
    }

    @Test
    void a_denial_is_counted_by_its_code_and_by_its_cause() throws Exception {
        start();

        send(aDelivery().setHeader("Authorization", "Bearer nobody-knows-this"));

        await(() -> counter("code", "unauthorized", "answered") == 1);
        assertThat(counter("cause", "no_match", "authDenied")).isEqualTo(1);
    }

    @Test
    void headroom_is_what_checkpoints_leave_of_the_deadline() throws Exception {
        TestServer server = start(options().orders(s -> s.setString("answer-deadline", "2 s")));

        server.intake.makesDurableIn(Duration.ofMillis(1_300));
        assertThat(gauge("deadlineHeadroom")).isEqualTo(700);

        server.intake.makesDurableIn(Duration.ofSeconds(3));
        assertThat(gauge("deadlineHeadroom")).isEqualTo(-1_000);
    }

    @Test
    void a_stream_that_waits_for_no_checkpoint_has_its_whole_deadline() throws Exception {
        TestServer server = start(options().orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT)));

        server.intake.makesDurableIn(Duration.ofHours(1));

        assertThat(gauge("deadlineHeadroom")).isEqualTo(8_000);
    }

    private long counter(String... below) {
        return server().metrics.getCounter(inStream(below)).orElseThrow().getCount();
    }

    private long gauge(String name) {
        return server().metrics.<Long>getGauge(inStream(name)).orElseThrow().getValue();
    }

    private static String[] inStream(String... below) {
        List<String> name = new ArrayList<>(List.of("stream", "orders"));
        name.addAll(List.of(below));
        return name.toArray(String[]::new);
    }

    private static List<String[]> names(MetricDefinition definition) {
        String metric = definition.metric();
        List<String[]> names = new ArrayList<>();
        switch (definition.scope()) {
            case LISTENER -> names.add(new String[] {metric});
            case READER, STREAM_QUEUE, ENUMERATOR -> {
                // Not registered by the way in.
            }
            case STREAM, STREAM_SHARED -> names.add(inStream(metric));
            case STREAM_SECRET -> names.add(inStream("secret", "current", metric));
            case STREAM_CODE -> {
                names.add(inStream("code", "ok", metric));
                names.add(inStream("code", "accepted", metric));
                names.add(inStream("code", "shed", metric));
                for (String code : Refusal.codes()) {
                    names.add(inStream("code", code, metric));
                }
            }
            case STREAM_REASON -> names.add(inStream("reason", "high_water", metric));
            case STREAM_RESULT -> {
                List<String> results =
                        definition == MetricDefinition.CAPTURES
                                ? List.of("written", "dropped", "failed")
                                : List.of("answered", "refused", "pending");
                results.forEach(result -> names.add(inStream("result", result, metric)));
            }
            case STREAM_LIMIT -> {
                names.add(inStream("limit", "stream", metric));
                names.add(inStream("limit", "credential", metric));
                names.add(inStream("limit", "address", metric));
            }
            case STREAM_CAUSE -> {
                for (Denied.Cause cause : Denied.Cause.values()) {
                    names.add(inStream("cause", cause.name().toLowerCase(Locale.ROOT), metric));
                }
            }
        }
        return names;
    }
}
