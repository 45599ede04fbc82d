/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import org.apache.flink.api.connector.source.SourceSplit;

import java.util.List;

/**
 * The durable form of one lane, as of one checkpoint: what a partition with its offset is to Kafka,
 * except that what has not been emitted is in it. One element of the reader's list state, because
 * Flink deals elements out on a change of parallelism, and what is in one stays together and in
 * order.
 *
 * @param nextSequence the number that the next appended delivery gets
 * @param emittedOfHead records already emitted of the first queued delivery
 * @param queue wire forms of the deliveries appended and not fully emitted, in order; nobody
 *     changes them
 * @param losses of the streams that may shed, by their names; empty where none has
 */
public record LaneSplit(
        int lane, long nextSequence, int emittedOfHead, List<byte[]> queue, List<LossWindow> losses)
        implements SourceSplit {

    public LaneSplit {
        queue = List.copyOf(queue);
        losses = List.copyOf(losses);
    }

    /** A lane in which no stream sheds. */
    public LaneSplit(int lane, long nextSequence, int emittedOfHead, List<byte[]> queue) {
        this(lane, nextSequence, emittedOfHead, queue, List.of());
    }

    /** A lane to which nothing has been appended. */
    public static LaneSplit fresh(int lane) {
        return new LaneSplit(lane, 0, 0, List.of());
    }

    @Override
    public String splitId() {
        return "lane-" + lane;
    }

    @Override
    public String toString() {
        return "%s[next %d, %d queued]".formatted(splitId(), nextSequence, queue.size());
    }
}
