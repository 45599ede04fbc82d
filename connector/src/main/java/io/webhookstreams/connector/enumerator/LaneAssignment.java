/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.enumerator;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which lanes have an owner already, whoever that is: each is given away once, and afterwards it
 * travels in readers' state. Only a lane whose assignment never reached a checkpoint comes back.
 */
final class LaneAssignment {

    private final int lanes;
    private final BitSet assigned;

    LaneAssignment(int lanes, BitSet assigned) {
        this.lanes = lanes;
        this.assigned = (BitSet) assigned.clone();
    }

    /**
     * Gives away what has no owner and belongs to this reader: lane i to reader i mod parallelism.
     */
    List<Integer> give(int subtask, int parallelism) {
        List<Integer> given =
                IntStream.range(0, lanes)
                        .filter(lane -> lane % parallelism == subtask && !assigned.get(lane))
                        .boxed()
                        .toList();
        given.forEach(assigned::set);
        return given;
    }

    /** The reader failed before a checkpoint knew of this assignment. */
    void takeBack(int lane) {
        assigned.clear(lane);
    }

    int unassigned() {
        return lanes - assigned.cardinality();
    }

    BitSet assigned() {
        return (BitSet) assigned.clone();
    }
}
