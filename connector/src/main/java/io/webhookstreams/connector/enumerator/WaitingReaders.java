/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.HashMap;
import java.util.Map;

/**
 * In which readers deliveries wait for a checkpoint. A reader that has not said otherwise counts
 * among them: it has to see a first barrier soon, and may have been sent deliveries.
 */
final class WaitingReaders {

    private final int readers;
    private final Map<Integer, CheckpointDemand> told = new HashMap<>();

    WaitingReaders(int readers) {
        this.readers = readers;
    }

    /** The subtask's reader is another one from now on, or gone. */
    void forget(int subtask) {
        told.remove(subtask);
    }

    void tells(int subtask, CheckpointDemand demand) {
        CheckpointDemand before = told.get(subtask);
        if (before == null || before.number() < demand.number()) {
            told.put(subtask, demand);
        }
    }

    boolean isNone() {
        return told.size() == readers && told.values().stream().noneMatch(CheckpointDemand::waits);
    }
}
