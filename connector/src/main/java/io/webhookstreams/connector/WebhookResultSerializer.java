/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.WebhookResult.Failure;
import io.webhookstreams.connector.WebhookResult.Value;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;
import java.util.Objects;

/** One byte says which it is, then the value, or the delivery and the reason. */
@Internal
public final class WebhookResultSerializer<T> extends TypeSerializer<WebhookResult<T>> {

    private static final long serialVersionUID = 1L;
    private static final int VALUE = 0;
    private static final int FAILURE = 1;

    private final TypeSerializer<T> values;

    public WebhookResultSerializer(TypeSerializer<T> values) {
        this.values = values;
    }

    @Override
    public boolean isImmutableType() {
        return values.isImmutableType();
    }

    @Override
    public TypeSerializer<WebhookResult<T>> duplicate() {
        return new WebhookResultSerializer<>(values.duplicate());
    }

    @Override
    public WebhookResult<T> createInstance() {
        return new Value<>(values.createInstance());
    }

    @Override
    public WebhookResult<T> copy(WebhookResult<T> from) {
        return from instanceof Value<T> value ? new Value<>(values.copy(value.value())) : from;
    }

    @Override
    public WebhookResult<T> copy(WebhookResult<T> from, WebhookResult<T> reuse) {
        return copy(from);
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(WebhookResult<T> result, DataOutputView target) throws IOException {
        if (result instanceof Value<T> value) {
            target.writeByte(VALUE);
            values.serialize(value.value(), target);
        } else {
            Failure<T> failure = (Failure<T>) Objects.requireNonNull(result);
            target.writeByte(FAILURE);
            WebhookDeliverySerializer.INSTANCE.serialize(failure.delivery(), target);
            target.writeUTF(failure.reason());
        }
    }

    @Override
    public WebhookResult<T> deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        return switch (kind) {
            case VALUE -> new Value<>(values.deserialize(source));
            case FAILURE ->
                    new Failure<>(
                            WebhookDeliverySerializer.INSTANCE.deserialize(source),
                            source.readUTF());
            default -> throw unknown(kind);
        };
    }

    @Override
    public WebhookResult<T> deserialize(WebhookResult<T> reuse, DataInputView source)
            throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        int kind = source.readByte();
        target.writeByte(kind);
        switch (kind) {
            case VALUE -> values.copy(source, target);
            case FAILURE -> {
                WebhookDeliverySerializer.INSTANCE.copy(source, target);
                target.writeUTF(source.readUTF());
            }
            default -> throw unknown(kind);
        }
    }

    private static IOException unknown(int kind) {
        return new IOException("webhook result: kind %d (expected: 0 or 1)".formatted(kind));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookResultSerializer<?> that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<WebhookResult<T>> snapshotConfiguration() {
        return new Snapshot<>(this);
    }

    /** The version of this form, and the snapshot of the values' serializer. */
    public static final class Snapshot<T>
            extends CompositeTypeSerializerSnapshot<WebhookResult<T>, WebhookResultSerializer<T>> {

        private static final int VERSION = 1;

        /** For Flink, which reads the rest. */
        public Snapshot() {}

        Snapshot(WebhookResultSerializer<T> serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return VERSION;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(WebhookResultSerializer<T> outer) {
            return new TypeSerializer<?>[] {outer.values};
        }

        @Override
        @SuppressWarnings("unchecked") // It is the one that getNestedSerializers gave.
        protected WebhookResultSerializer<T> createOuterSerializerWithNestedSerializers(
                TypeSerializer<?>[] nested) {
            return new WebhookResultSerializer<>((TypeSerializer<T>) nested[0]);
        }
    }
}
