/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.serialization.Encoder;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/** A dead letter as a line of JSON: which stage, why, and the delivery as it came. */
record DeadLetterLines() implements Encoder<DeadLetter> {

    @Override
    public void encode(DeadLetter letter, OutputStream out) throws IOException {
        WebhookDelivery delivery = letter.delivery();
        JsonLine.write(
                out,
                line ->
                        line.text("stage", letter.reason().stage().code())
                                .text("reason", letter.reason().code())
                                .text("detail", letter.detail())
                                .text("stream", delivery.stream())
                                .text("delivery_id", delivery.deliveryId().toString())
                                .text("event_id", delivery.eventId())
                                .text("type", delivery.eventType())
                                .text("account", delivery.account())
                                .time("received_at", delivery.receivedAt())
                                .number("lane", delivery.lane())
                                .number("sequence", delivery.sequence())
                                .text("method", delivery.method())
                                .text("path", delivery.path())
                                .text("query", delivery.query())
                                .text("content_type", delivery.contentType())
                                .headers("headers", delivery.headers())
                                .text("body_base64", base64(delivery.body())));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
