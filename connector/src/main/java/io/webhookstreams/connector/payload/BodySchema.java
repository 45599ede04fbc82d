/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.payload;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.util.Objects;

/** One of Flink's schemas, applied to the body. */
public final class BodySchema<T> implements WebhookDeserializationSchema<T> {

    private static final long serialVersionUID = 1L;

    private final DeserializationSchema<T> schema;

    public BodySchema(DeserializationSchema<T> schema) {
        this.schema = Objects.requireNonNull(schema);
    }

    @Override
    public void open(InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public void deserialize(WebhookDelivery delivery, Collector<T> out) throws Exception {
        // A schema may keep or change the array that it is given, which the delivery must survive.
        schema.deserialize(delivery.body().clone(), out);
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }
}
