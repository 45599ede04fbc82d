/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.serialization.Encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * A good event as a line of JSON. {@code payload} is the vendor's JSON, unchanged but for white
 * space between its tokens; {@code time} is the time at which the event counts; {@code
 * sampling_rate} is there where the event stands for others that were shed.
 */
record EventLines(EventTime eventTime) implements Encoder<WebhookDelivery> {

    @Override
    public void encode(WebhookDelivery event, OutputStream out) throws IOException {
        JsonLine.write(
                out,
                line ->
                        line.text("stream", event.stream())
                                .text("delivery_id", event.deliveryId().toString())
                                .text("event_id", event.eventId())
                                .text("type", event.eventType())
                                .time("time", Instant.ofEpochMilli(eventTime.of(event)))
                                .text("account", event.account())
                                .time("received_at", event.receivedAt())
                                .number("lane", event.lane())
                                .number("sequence", event.sequence())
                                .part("sampling_rate", event.samplingRate())
                                .json("payload", JsonText.onOneLine(event.body())));
    }
}
