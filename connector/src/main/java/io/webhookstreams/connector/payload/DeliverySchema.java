/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.payload;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryTypeInfo;
import io.webhookstreams.connector.WebhookDeserializationSchema;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** One record per delivery: the delivery. It cannot fail, so no error is ever lost. */
public final class DeliverySchema implements WebhookDeserializationSchema<WebhookDelivery> {

    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(WebhookDelivery delivery, Collector<WebhookDelivery> out) {
        out.collect(delivery);
    }

    @Override
    public boolean emitsErrors() {
        return true;
    }

    @Override
    public WebhookDelivery errorRecord(WebhookDelivery delivery, Throwable cause) {
        return delivery;
    }

    @Override
    public boolean emitsShed() {
        return true;
    }

    @Override
    public WebhookDelivery shedRecord(WebhookDelivery shed) {
        return shed;
    }

    @Override
    public TypeInformation<WebhookDelivery> getProducedType() {
        return WebhookDeliveryTypeInfo.INSTANCE;
    }
}
