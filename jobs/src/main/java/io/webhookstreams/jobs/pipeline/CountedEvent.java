/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import javax.annotation.Nullable;

/**
 * As much of an event as counting needs; its payload stands in the events' files under the same
 * delivery id. Times are milliseconds since the epoch.
 */
public record CountedEvent(
        String stream,
        @Nullable String type,
        String deliveryId,
        @Nullable String eventId,
        long time,
        long receivedAt) {

    static CountedEvent of(WebhookDelivery delivery, EventTime eventTime) {
        return new CountedEvent(
                delivery.stream(),
                delivery.eventType(),
                delivery.deliveryId().toString(),
                delivery.eventId(),
                eventTime.of(delivery),
                delivery.receivedAt().toEpochMilli());
    }

    CountKey key() {
        return new CountKey(stream, type);
    }
}
