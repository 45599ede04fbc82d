/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.lane.Head;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** 1000 deliveries through 32 lanes, beside one queue; and the lanes' snapshot. */
@State(Scope.Thread)
public class LaneTurns {

    private static final int DELIVERIES = 1_000;
    private static final int LANES = 32;

    private final byte[] wire =
            WebhookDeliveryWire.bytesOf(Pieces.delivery(Pieces.body(), new byte[32]).build());
    private final QueueBudget budget = new QueueBudget(Long.MAX_VALUE, List.of());
    private final Lanes lanes = lanes();
    private final Lanes full = lanes();
    private final Deque<byte[]> queue = new ArrayDeque<>();

    @Setup
    public void fill() {
        append(full);
    }

    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public int bare() {
        for (int i = 0; i < DELIVERIES; i++) {
            queue.addLast(wire);
        }
        int taken = 0;
        while (queue.pollFirst() != null) {
            taken++;
        }
        return taken;
    }

    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public int appendAndEmit() {
        append(lanes);
        int taken = 0;
        for (Head head = lanes.next(); head != null; head = lanes.next()) {
            lanes.finish(head);
            taken++;
        }
        return taken;
    }

    /** Of 1000 deliveries that wait: what the gate is held for at a barrier, per delivery. */
    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public List<LaneSplit> snapshot() {
        return full.snapshot();
    }

    private void append(Lanes to) {
        for (int i = 0; i < DELIVERIES; i++) {
            to.append(i % LANES, wire, budget.tryTake("orders", wire.length));
        }
    }

    private static Lanes lanes() {
        Lanes lanes = new Lanes(new QueueBudget(Long.MAX_VALUE, List.of()));
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(LaneSplit.fresh(lane));
        }
        return lanes;
    }
}
