/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/** Flink's own tests of a serializer, and what they leave out. */
class WebhookDeliverySerializerTest extends SerializerTestBase<WebhookDelivery> {

    @Override
    protected TypeSerializer<WebhookDelivery> createSerializer() {
        return WebhookDeliverySerializer.INSTANCE;
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<WebhookDelivery> getTypeClass() {
        return WebhookDelivery.class;
    }

    @Override
    protected WebhookDelivery[] getTestData() {
        return new WebhookDelivery[] {
            Deliveries.full(), Deliveries.draft(""), WebhookDelivery.builder().build()
        };
    }

    @Test
    void flink_finds_the_type_by_the_class() {
        assertThat(TypeInformation.of(WebhookDelivery.class))
                .isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
        assertThat(TypeExtractor.getForObject(Deliveries.full()))
                .isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
    }

    @Test
    void a_negative_length_is_refused() {
        byte[] bytes = {-1, -1, -1, -1};

        assertThatThrownBy(
                        () ->
                                WebhookDeliverySerializer.INSTANCE.deserialize(
                                        new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessage("delivery: -1 bytes (expected: 0 or more)");
    }

    @Test
    void an_unknown_version_of_the_snapshot_is_refused() {
        assertThatThrownBy(
                        () ->
                                new WebhookDeliverySerializer.Snapshot()
                                        .readSnapshot(
                                                2,
                                                new DataInputDeserializer(new byte[0]),
                                                getClass().getClassLoader()))
                .isInstanceOf(IOException.class)
                .hasMessage("delivery serializer: version 2 (expected: 1)");
    }
}
