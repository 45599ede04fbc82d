/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.java.functions.KeySelector;

/**
 * What makes two deliveries the same event: their stream and event id. A delivery without an event
 * id is an event of its own. Stream names hold no slash, so that no two events share a key.
 */
final class EventKey implements KeySelector<WebhookDelivery, String> {

    private static final long serialVersionUID = 1L;

    @Override
    public String getKey(WebhookDelivery delivery) {
        return delivery.eventId() == null
                ? delivery.stream() + "//" + delivery.deliveryId()
                : delivery.stream() + "/" + delivery.eventId();
    }
}
