/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;

import java.util.List;

/**
 * The highest watermark that any decision of the counting stage was based on, kept across restores.
 * A source's watermark begins at the beginning of time after a restore; without this memory an
 * event could open a window again that had been counted and forgotten. Every subtask takes the
 * highest of all: which of them closed a window is not known any more once keys have moved. Task
 * thread.
 */
final class HighestWatermark {

    private final ListState<Long> stored;
    private long highest = Long.MIN_VALUE;

    private HighestWatermark(ListState<Long> stored) {
        this.stored = stored;
    }

    static HighestWatermark restore(OperatorStateStore store) throws Exception {
        HighestWatermark restored =
                new HighestWatermark(
                        store.getUnionListState(
                                new ListStateDescriptor<>("highest-watermark", Types.LONG)));
        for (long watermark : restored.stored.get()) {
            restored.advanceTo(watermark);
        }
        return restored;
    }

    /** Takes note of the current watermark; returns the highest one, which never goes back. */
    long advanceTo(long watermark) {
        highest = Math.max(highest, watermark);
        return highest;
    }

    void snapshot() throws Exception {
        stored.update(List.of(highest));
    }
}
