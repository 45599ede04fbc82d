/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.eventtime.TimestampAssigner;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * The time at which an event counts: the vendor's, where it says one that can be believed, else the
 * time of receipt. A time too far ahead would push the watermark and turn every other event into a
 * late one; one before 1970 is a vendor's way to say nothing.
 *
 * @param maxFuture how far the vendor's clock may be ahead of ours
 */
record EventTime(Duration maxFuture) implements TimestampAssigner<WebhookDelivery>, Serializable {

    long of(WebhookDelivery delivery) {
        Instant said = delivery.eventTime();
        Instant received = delivery.receivedAt();
        boolean believed =
                said != null
                        && !said.isBefore(Instant.EPOCH)
                        && !said.isAfter(received.plus(maxFuture));
        return (believed ? said : received).toEpochMilli();
    }

    @Override
    public long extractTimestamp(WebhookDelivery delivery, long recordTimestamp) {
        return of(delivery);
    }
}
