/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.serialization.Encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;

/**
 * An event that was shed as a line of JSON: why, at which sampling rate, and what is known of it
 * without its body.
 */
record ShedLines() implements Encoder<WebhookDelivery> {

    @Override
    public void encode(WebhookDelivery shed, OutputStream out) throws IOException {
        JsonLine.write(
                out,
                line ->
                        line.text("stream", shed.stream())
                                .text("reason", shed.shedReason())
                                .text("delivery_id", shed.deliveryId().toString())
                                .text("event_id", shed.eventId())
                                .text("type", shed.eventType())
                                .time("time", shed.eventTime())
                                .text("account", shed.account())
                                .time("received_at", shed.receivedAt())
                                .number("lane", shed.lane())
                                .number("sequence", shed.sequence())
                                .part("sampling_rate", shed.samplingRate())
                                .number("body_bytes", shed.bodyBytes())
                                .text("body_sha256", HexFormat.of().formatHex(shed.bodyDigest())));
    }
}
