/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

import java.util.ArrayList;
import java.util.List;

/** The main output; there are no others, for nothing is emitted through them. */
final class RecordingOutput implements ReaderOutput<String> {

    final List<String> records = new ArrayList<>();
    final List<Long> timestamps = new ArrayList<>();
    final List<String> released = new ArrayList<>();

    @Override
    public void collect(String element) {
        throw new AssertionError("a record without a timestamp");
    }

    @Override
    public void collect(String element, long timestamp) {
        records.add(element);
        timestamps.add(timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<String> createOutputForSplit(String splitId) {
        throw new AssertionError("an output for " + splitId);
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        released.add(splitId);
    }
}
