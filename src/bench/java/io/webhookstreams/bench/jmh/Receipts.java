/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.checkpoint.CheckpointDurability;
import io.webhookstreams.checkpoint.Coalescer;
import io.webhookstreams.checkpoint.EventIdentity;
import io.webhookstreams.checkpoint.Gate;
import io.webhookstreams.checkpoint.Receipt;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Receipts from append to settlement, an epoch of 1000 each, beside a list of as many objects; also
 * with every event remembered, none of which is a retry, and the oldest forgotten.
 */
@State(Scope.Thread)
public class Receipts {

    private static final int EPOCH = 1_000;

    /** More than are remembered, so that none is known when its turn comes again. */
    private static final int IDS = 1 << 17;

    private static final long MEMORY_BYTES = 16 << 20;

    private final Gate gate = new Gate();
    private final CheckpointDurability durability = new CheckpointDurability(gate, Runnable::run);
    private final Coalescer coalescer = new Coalescer(gate, durability, MEMORY_BYTES);
    private final byte[] digest = new byte[32];
    private final List<String> ids =
            IntStream.range(0, IDS).mapToObj("evt_1MqqbKLt4dXK03v5qaIbiN%06d"::formatted).toList();
    private int next;
    private long checkpoint;
    private long settled;

    @Benchmark
    @OperationsPerInvocation(EPOCH)
    public long bare() {
        List<long[]> epoch = new ArrayList<>();
        for (int i = 0; i < EPOCH; i++) {
            epoch.add(new long[] {i});
        }
        epoch.forEach(receipt -> settled += receipt[0]);
        return settled;
    }

    @Benchmark
    @OperationsPerInvocation(EPOCH)
    public long settle() {
        for (int i = 0; i < EPOCH; i++) {
            boolean unused =
                    durability.append(
                            new Receipt(i, (receipt, settlement) -> settled++), () -> true);
        }
        return complete();
    }

    @Benchmark
    @OperationsPerInvocation(EPOCH)
    public long settleRemembered() {
        for (int i = 0; i < EPOCH; i++) {
            next = (next + 1) & (IDS - 1);
            EventIdentity event = new EventIdentity("bench", ids.get(next), digest);
            Receipt receipt = new Receipt(i, (settling, settlement) -> settled++);
            Coalescer.Outcome unused = coalescer.append(durability, event, receipt, () -> true);
        }
        return complete();
    }

    private long complete() {
        checkpoint++;
        Object unused = durability.cut(checkpoint, () -> null);
        durability.complete(checkpoint);
        return settled;
    }
}
