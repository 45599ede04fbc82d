/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.payload;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.WebhookResult;
import io.webhookstreams.connector.WebhookResultTypeInfo;

import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

import java.util.Objects;

/** The records of another schema, or the delivery that it could not read, with the reason. */
public final class ResultSchema<T> implements WebhookDeserializationSchema<WebhookResult<T>> {

    private static final long serialVersionUID = 1L;

    private final WebhookDeserializationSchema<T> schema;

    public ResultSchema(WebhookDeserializationSchema<T> schema) {
        this.schema = Objects.requireNonNull(schema);
    }

    @Override
    public void open(InitializationContext context) throws Exception {
        schema.open(context);
    }

    @Override
    public void deserialize(WebhookDelivery delivery, Collector<WebhookResult<T>> out)
            throws Exception {
        schema.deserialize(delivery, new ValueCollector<>(out));
    }

    @Override
    public boolean emitsErrors() {
        return true;
    }

    @Override
    public WebhookResult<T> errorRecord(WebhookDelivery delivery, Throwable cause) {
        return WebhookResult.Failure.of(delivery, cause);
    }

    @Override
    public TypeInformation<WebhookResult<T>> getProducedType() {
        return new WebhookResultTypeInfo<>(schema.getProducedType());
    }

    private record ValueCollector<T>(Collector<WebhookResult<T>> out) implements Collector<T> {
        @Override
        public void collect(T value) {
            out.collect(new WebhookResult.Value<>(value));
        }

        @Override
        public void close() {
            out.close();
        }
    }
}
