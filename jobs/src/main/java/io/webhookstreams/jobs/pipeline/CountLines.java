/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.serialization.Encoder;

import java.io.IOException;
import java.io.OutputStream;

/** A window's count as a line of JSON. */
record CountLines() implements Encoder<WindowCount> {

    @Override
    public void encode(WindowCount count, OutputStream out) throws IOException {
        JsonLine.write(
                out,
                line ->
                        line.text("stream", count.key().stream())
                                .text("type", count.key().type())
                                .time("window_start", count.window().start())
                                .time("window_end", count.window().end())
                                .number("count", count.count())
                                .text("closed_by", count.closedBy().code()));
    }
}
