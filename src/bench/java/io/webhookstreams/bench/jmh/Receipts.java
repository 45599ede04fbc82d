/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.checkpoint.CheckpointDurability;
import io.webhookstreams.checkpoint.Gate;
import io.webhookstreams.checkpoint.Receipt;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.util.ArrayList;
import java.util.List;

/** Receipts from append to settlement, an epoch of 1000 each, beside a list of as many objects. */
@State(Scope.Thread)
public class Receipts {

    private static final int EPOCH = 1_000;

    private final CheckpointDurability durability =
            new CheckpointDurability(new Gate(), Runnable::run);
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
        checkpoint++;
        Object unused = durability.cut(checkpoint, () -> null);
        durability.complete(checkpoint);
        return settled;
    }
}
