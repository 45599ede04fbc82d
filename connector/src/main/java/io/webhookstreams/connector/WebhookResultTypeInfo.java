/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;

/** Flink's type of a {@link WebhookResult}, given that of its values. */
@PublicEvolving
public final class WebhookResultTypeInfo<T> extends TypeInformation<WebhookResult<T>> {

    private static final long serialVersionUID = 1L;

    private final TypeInformation<T> valueType;

    public WebhookResultTypeInfo(TypeInformation<T> valueType) {
        this.valueType = Objects.requireNonNull(valueType);
    }

    @Override
    public TypeSerializer<WebhookResult<T>> createSerializer(SerializerConfig config) {
        return new WebhookResultSerializer<>(valueType.createSerializer(config));
    }

    @Override
    @SuppressWarnings("unchecked") // A class literal cannot carry the type of the values.
    public Class<WebhookResult<T>> getTypeClass() {
        return (Class<WebhookResult<T>>) (Class<?>) WebhookResult.class;
    }

    @Override
    public Map<String, TypeInformation<?>> getGenericParameters() {
        return Map.of("T", valueType);
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "WebhookResult<" + valueType + ">";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookResultTypeInfo<?> that && valueType.equals(that.valueType);
    }

    @Override
    public int hashCode() {
        return valueType.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WebhookResultTypeInfo;
    }

    /** Named by the annotation on {@link WebhookResult}. */
    public static final class Factory<T> extends TypeInfoFactory<WebhookResult<T>> {
        @Override
        @SuppressWarnings("unchecked") // Flink passes the type of T under its name.
        public TypeInformation<WebhookResult<T>> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new WebhookResultTypeInfo<>((TypeInformation<T>) genericParameters.get("T"));
        }
    }
}
