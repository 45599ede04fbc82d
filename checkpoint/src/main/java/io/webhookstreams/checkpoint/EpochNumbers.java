/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.checkpoint;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts epochs, and knows which of them a completed checkpoint holds, whether or not any receipt
 * of theirs is still open. Pure bookkeeping; whoever owns it calls it under the gate.
 *
 * <p>Epochs that nobody asks about are not counted, and of those sealed and not completed it keeps
 * {@value #MOST_SEALED}: beyond that the oldest counts as covered by the one after it, which is
 * later than it could be and never too early.
 */
final class EpochNumbers {

    /** What is older than every number that is handed out: durable from the start. */
    static final long RESTORED = 0;

    private static final int MOST_SEALED = 1_024;

    private record Sealed(long number, long checkpointId) {}

    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private long open = RESTORED + 1;
    private boolean used;
    private long durableThrough = RESTORED;

    /** The number of the open epoch; from now on it is counted. */
    long open() {
        used = true;
        return open;
    }

    /** The open epoch is in the snapshot of this checkpoint; the next one opens. */
    void seal(long checkpointId) {
        if (used) {
            sealed.addLast(new Sealed(open, checkpointId));
            open++;
            used = false;
        }
        if (sealed.size() > MOST_SEALED) {
            sealed.removeFirst();
        }
    }

    /** This checkpoint has completed, and with it holds every epoch sealed at or below its id. */
    void complete(long checkpointId) {
        while (!sealed.isEmpty() && sealed.peekFirst().checkpointId() <= checkpointId) {
            durableThrough = sealed.removeFirst().number();
        }
    }

    /** Whether a completed checkpoint holds all that was appended in this epoch. */
    boolean isDurable(long number) {
        return number <= durableThrough;
    }

    /**
     * The first checkpoint whose completion makes this epoch durable, or null while it is open.
     * Only of an epoch that is not durable yet.
     */
    Long coveredBy(long number) {
        for (Sealed epoch : sealed) {
            if (epoch.number() >= number) {
                return epoch.checkpointId();
            }
        }
        return null;
    }
}
