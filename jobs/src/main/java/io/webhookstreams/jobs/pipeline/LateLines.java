/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.serialization.Encoder;

import java.io.IOException;
import java.io.OutputStream;

/** A late event as a line of JSON; its payload is in the events' files. */
record LateLines() implements Encoder<LateEvent> {

    @Override
    public void encode(LateEvent late, OutputStream out) throws IOException {
        CountedEvent event = late.event();
        JsonLine.write(
                out,
                line ->
                        line.text("stream", event.stream())
                                .text("delivery_id", event.deliveryId())
                                .text("event_id", event.eventId())
                                .text("type", event.type())
                                .time("time", event.time())
                                .time("received_at", event.receivedAt())
                                .time("window_start", late.window().start())
                                .time("window_end", late.window().end()));
    }
}
