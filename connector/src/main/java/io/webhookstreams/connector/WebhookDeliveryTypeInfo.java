/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * Flink's type of a {@link WebhookDelivery}; {@code TypeInformation.of(WebhookDelivery.class)}
 * finds it.
 */
@PublicEvolving
public final class WebhookDeliveryTypeInfo extends TypeInformation<WebhookDelivery> {

    private static final long serialVersionUID = 1L;

    public static final WebhookDeliveryTypeInfo INSTANCE = new WebhookDeliveryTypeInfo();

    private WebhookDeliveryTypeInfo() {}

    @Override
    public TypeSerializer<WebhookDelivery> createSerializer(SerializerConfig config) {
        return WebhookDeliverySerializer.INSTANCE;
    }

    @Override
    public Class<WebhookDelivery> getTypeClass() {
        return WebhookDelivery.class;
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

    /** Key by one of its fields. */
    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public String toString() {
        return "WebhookDelivery";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookDeliveryTypeInfo;
    }

    @Override
    public int hashCode() {
        return WebhookDeliveryTypeInfo.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof WebhookDeliveryTypeInfo;
    }

    /** Named by the annotation on {@link WebhookDelivery}. */
    public static final class Factory extends TypeInfoFactory<WebhookDelivery> {
        @Override
        public TypeInformation<WebhookDelivery> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return INSTANCE;
        }
    }
}
