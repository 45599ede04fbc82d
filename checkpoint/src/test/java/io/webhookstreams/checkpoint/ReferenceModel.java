/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reader's deliveries should come to, said as plainly as possible: every delivery that was
 * appended, the cut that covers it, and how it ended. Looks at all of them at every step; knows no
 * epochs.
 */
final class ReferenceModel {

    private final Map<Long, Long> coveredBy = new TreeMap<>();
    private final Map<Long, Settlement> ended = new TreeMap<>();
    private boolean closed;

    boolean append(long id) {
        if (!closed) {
            coveredBy.put(id, Long.MAX_VALUE);
        }
        return !closed;
    }

    void cut(long checkpointId) {
        coveredBy.replaceAll((id, cut) -> Math.min(cut, checkpointId));
    }

    void complete(long checkpointId) {
        coveredBy.forEach((id, cut) -> end(cut <= checkpointId, id, Settlement.DURABLE));
    }

    void expire(long id) {
        end(true, id, Settlement.EXPIRED);
    }

    void close() {
        closed = true;
        coveredBy.forEach((id, cut) -> end(true, id, Settlement.LOST));
    }

    /** All that a listener should have heard of this delivery. */
    List<Settlement> of(long id) {
        return ended.containsKey(id) ? List.of(ended.get(id)) : List.of();
    }

    List<Long> pending() {
        List<Long> pending = new ArrayList<>(coveredBy.keySet());
        pending.removeAll(ended.keySet());
        return pending;
    }

    private void end(boolean ends, long id, Settlement settlement) {
        if (ends) {
            ended.putIfAbsent(id, settlement);
        }
    }
}
