/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.lane.Head;

import java.util.List;

/**
 * The records of the delivery whose turn it is, from the first that has not been emitted yet. Task
 * thread.
 */
final class Emission<T> {

    private final Head head;
    private final List<T> records;
    private final long timestampMillis;

    Emission(Head head, List<T> records, long timestampMillis) {
        this.head = head;
        this.records = records;
        this.timestampMillis = timestampMillis;
    }

    Head head() {
        return head;
    }

    boolean isDone() {
        return head.emitted() >= records.size();
    }

    T record() {
        return records.get(head.emitted());
    }

    /** The event's time where the vendor tells it, otherwise when it was received. */
    long timestampMillis() {
        return timestampMillis;
    }
}
