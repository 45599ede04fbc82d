/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.SourceOptions.OnError;

import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class WebhookSourceBuilderTest {

    @Test
    void the_smallest_source_has_a_stream_and_a_schema() throws Exception {
        WebhookSource<WebhookDelivery> source =
                withOrders(WebhookSource.<WebhookDelivery>builder())
                        .deserializer(WebhookDeserializationSchema.deliveries())
                        .build();

        assertThat(source.getProducedType()).isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
        assertThat(InstantiationUtil.clone(source).getProducedType())
                .isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
    }

    @Test
    void problems_of_all_options_and_of_the_schema_are_reported_together() {
        assertThatThrownBy(
                        () ->
                                WebhookSource.<String>builder()
                                        .listener(l -> l.set(ListenerOptions.PORT, "many"))
                                        .source(s -> s.set(SourceOptions.LANES, 0))
                                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("many")
                .hasMessageContaining("lanes: 0")
                .hasMessageContaining("streams: none (expected: at least one)")
                .hasMessageContaining("deserializer: none");
    }

    @Test
    void an_on_error_that_is_none_is_reported_with_the_other_problems() {
        assertThatThrownBy(
                        () ->
                                WebhookSource.<WebhookDelivery>builder()
                                        .listener(l -> l.set(ListenerOptions.PORT, "many"))
                                        .source(s -> s.setString("on-error", "shrug"))
                                        .deserializer(WebhookDeserializationSchema.deliveries())
                                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("source.on-error: shrug (expected: ")
                .hasMessageContaining("listener.port: many");
    }

    @Test
    void a_schema_that_emits_no_errors_needs_another_on_error() {
        WebhookSourceBuilder<String> builder =
                withOrders(WebhookSource.<String>builder())
                        .deserializer(WebhookDeserializationSchema.of(new SimpleStringSchema()));

        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("source.on-error: emit (expected: drop or fail")
                .hasMessageContaining("WebhookDeserializationSchema.results(...)");
        assertThatCode(builder.source(s -> s.set(SourceOptions.ON_ERROR, OnError.DROP))::build)
                .doesNotThrowAnyException();
    }

    @Test
    void a_ledger_needs_a_schema_that_writes_it() {
        assertThatThrownBy(
                        withLedger(WebhookSource.<String>builder())
                                        .source(s -> s.set(SourceOptions.ON_ERROR, OnError.DROP))
                                        .deserializer(
                                                WebhookDeserializationSchema.of(
                                                        new SimpleStringSchema()))
                                ::build)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("streams.orders.shed.ledger: true (expected: false with");
        assertThatCode(
                        withLedger(WebhookSource.<WebhookDelivery>builder())
                                        .deserializer(WebhookDeserializationSchema.deliveries())
                                ::build)
                .doesNotThrowAnyException();
    }

    private static <T> WebhookSourceBuilder<T> withLedger(WebhookSourceBuilder<T> builder) {
        return withOrders(builder).stream(
                "orders",
                s ->
                        s.set(PolicyOptions.POLICY, PolicyOptions.Policy.SHED)
                                .set(PolicyOptions.SHED_BUDGET, 0.1)
                                .set(PolicyOptions.SHED_LEDGER, true));
    }

    @Test
    void a_source_is_added_under_its_name_which_is_its_uid() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(safe());

        SingleOutputStreamOperator<String> records =
                withOrders(WebhookSource.<String>builder())
                        .source(s -> s.set(SourceOptions.ON_ERROR, OnError.DROP))
                        .deserializer(WebhookDeserializationSchema.of(new SimpleStringSchema()))
                        .build()
                        .addTo(env, "orders");

        assertThat(records.getTransformation().getUid()).isEqualTo("orders");
        assertThat(records.getName()).endsWith("orders");
        assertThat(records.getType()).isEqualTo(Types.STRING);
    }

    @Test
    void a_job_without_checkpoints_is_refused() {
        WebhookSource<WebhookDelivery> source =
                withOrders(WebhookSource.<WebhookDelivery>builder())
                        .deserializer(WebhookDeserializationSchema.deliveries())
                        .build();

        assertThatThrownBy(
                        () ->
                                source.addTo(
                                        StreamExecutionEnvironment.getExecutionEnvironment(
                                                new Configuration()),
                                        "orders"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("execution.checkpointing.interval");
    }

    private static <T> WebhookSourceBuilder<T> withOrders(WebhookSourceBuilder<T> builder) {
        return builder.stream(
                "orders",
                s ->
                        s.set(StreamOptions.PATH, "/in/orders")
                                .set(StreamOptions.AUTH_TYPE, "bearer")
                                .set(StreamOptions.AUTH_SECRETS, List.of("env:ORDERS_TOKEN"))
                                .set(StreamOptions.EVENT_ID, "header:x-event-id"));
    }

    private static Configuration safe() {
        Configuration job = new Configuration();
        job.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        job.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        job.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///checkpoints");
        job.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        job.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        job.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return job;
    }
}
