/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.WebhookResult.Failure;
import io.webhookstreams.connector.WebhookResult.Value;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;

import java.io.IOException;

class WebhookResultSerializerTest extends SerializerTestBase<WebhookResult<String>> {

    @Override
    protected TypeSerializer<WebhookResult<String>> createSerializer() {
        return new WebhookResultSerializer<>(StringSerializer.INSTANCE);
    }

    @Override
    protected int getLength() {
        return -1;
    }

    @Override
    protected Class<WebhookResult<String>> getTypeClass() {
        return new WebhookResultTypeInfo<>(Types.STRING).getTypeClass();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"}) // No array of a generic type can be made.
    protected WebhookResult<String>[] getTestData() {
        return new WebhookResult[] {
            new Value<>("a"),
            Failure.of(Deliveries.full(), new IOException("not JSON")),
            new Value<>("")
        };
    }

    @Test
    void flink_finds_the_type_with_that_of_the_values() {
        assertThat(TypeInformation.of(new TypeHint<WebhookResult<String>>() {}))
                .isEqualTo(new WebhookResultTypeInfo<>(Types.STRING));
    }

    @Test
    void a_kind_that_is_none_is_refused() {
        assertThatThrownBy(
                        () ->
                                createSerializer()
                                        .deserialize(new DataInputDeserializer(new byte[] {7})))
                .isInstanceOf(IOException.class)
                .hasMessage("webhook result: kind 7 (expected: 0 or 1)");
    }

    @Test
    void a_long_reason_is_cut() {
        Failure<String> failure =
                Failure.of(Deliveries.full(), new IOException("x".repeat(100_000)));

        assertThat(failure.reason()).hasSize(Failure.MAX_REASON).startsWith("java.io.IOException");
    }
}
