/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryTypeInfo;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookResult;
import io.webhookstreams.connector.WebhookResultTypeInfo;

import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class SchemasTest {

    private static final WebhookDelivery DELIVERY = Deliveries.draft("a");

    @Test
    void deliveries_are_passed_on_as_they_are() throws Exception {
        WebhookDeserializationSchema<WebhookDelivery> schema =
                WebhookDeserializationSchema.deliveries();

        assertThat(recordsOf(schema)).containsExactly(DELIVERY);
        assertThat(schema.getProducedType()).isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
        assertThat(schema.emitsErrors()).isTrue();
        assertThat(schema.emitsShed()).isTrue();
    }

    @Test
    void a_schema_of_flink_reads_the_body() throws Exception {
        WebhookDeserializationSchema<String> schema =
                WebhookDeserializationSchema.of(new SimpleStringSchema());

        assertThat(recordsOf(schema)).containsExactly("a");
        assertThat(schema.getProducedType()).isEqualTo(Types.STRING);
    }

    @Test
    void a_schema_of_flink_may_collect_any_number_of_records() throws Exception {
        assertThat(recordsOf(WebhookDeserializationSchema.of(new TwiceSchema())))
                .containsExactly("twice", "twice");
    }

    @Test
    void a_schema_of_flink_cannot_change_the_delivery() throws Exception {
        recordsOf(WebhookDeserializationSchema.of(new VandalSchema()));

        assertThat(Deliveries.textOf(DELIVERY)).isEqualTo("a");
    }

    @Test
    void a_schema_of_flink_emits_no_errors() {
        WebhookDeserializationSchema<String> schema =
                WebhookDeserializationSchema.of(new SimpleStringSchema());

        assertThat(schema.emitsErrors()).isFalse();
        assertThat(schema.emitsShed()).isFalse();
        assertThatThrownBy(() -> schema.shedRecord(DELIVERY))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> schema.errorRecord(DELIVERY, new IOException()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void results_are_values_or_the_delivery_with_the_reason() throws Exception {
        WebhookDeserializationSchema<WebhookResult<String>> schema =
                WebhookDeserializationSchema.results(
                        WebhookDeserializationSchema.of(new SimpleStringSchema()));

        assertThat(recordsOf(schema)).containsExactly(new WebhookResult.Value<>("a"));
        assertThat(schema.errorRecord(DELIVERY, new IOException("why")))
                .isEqualTo(new WebhookResult.Failure<>(DELIVERY, "java.io.IOException: why"));
        assertThat(schema.getProducedType()).isEqualTo(new WebhookResultTypeInfo<>(Types.STRING));
    }

    @Test
    void schemas_travel_in_the_job_graph() throws Exception {
        WebhookDeserializationSchema<WebhookResult<String>> schema =
                InstantiationUtil.clone(
                        WebhookDeserializationSchema.results(
                                WebhookDeserializationSchema.of(new SimpleStringSchema())));

        assertThat(recordsOf(schema)).containsExactly(new WebhookResult.Value<>("a"));
    }

    private static <T> List<T> recordsOf(WebhookDeserializationSchema<T> schema) throws Exception {
        List<T> records = new ArrayList<>();
        schema.deserialize(DELIVERY, new ListCollector<>(records));
        return records;
    }

    private static final class TwiceSchema extends AbstractDeserializationSchema<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) {
            return "once";
        }

        @Override
        public void deserialize(byte[] message, Collector<String> out) {
            out.collect("twice");
            out.collect("twice");
        }
    }

    private static final class VandalSchema extends AbstractDeserializationSchema<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(byte[] message) {
            Arrays.fill(message, (byte) 0);
            return "";
        }
    }
}
