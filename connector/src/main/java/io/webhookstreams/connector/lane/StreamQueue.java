/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.checkpoint.ByteShare;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.config.PolicySettings;

import java.util.concurrent.atomic.AtomicInteger;

import javax.annotation.Nullable;

/**
 * One stream's part of a reader's queue: bytes first, then number, and whether its policy acts. Any
 * thread; never waits.
 */
public final class StreamQueue {

    private final ByteShare share;
    private final PolicySettings policy;
    private final HighWater bytesWater;
    private final HighWater deliveriesWater;
    private final AtomicInteger deliveries;

    StreamQueue(ByteShare share, PolicySettings policy) {
        this(share, policy, new AtomicInteger());
    }

    private StreamQueue(ByteShare share, PolicySettings policy, AtomicInteger deliveries) {
        this.share = share;
        this.policy = policy;
        this.deliveries = deliveries;
        this.bytesWater = HighWater.of(share.most(), policy.highWater(), policy.lowWater());
        this.deliveriesWater =
                HighWater.of(policy.maxDeliveries(), policy.highWater(), policy.lowWater());
    }

    /** The same queue, with what is in it, under another policy or another division. */
    StreamQueue under(PolicySettings other) {
        return new StreamQueue(share, other, deliveries);
    }

    /** A place for a new delivery; null when there is none, or the policy refuses. */
    @Nullable
    QueuePlace tryTake(long bytes) {
        if (policy.policy() == Policy.REJECT && isOverHighWater()) {
            return null;
        }
        Permit permit = share.tryAcquire(bytes);
        if (permit == null) {
            bytesWater.isFull(share.used());
            return null;
        }
        if (!enter()) {
            permit.close();
            deliveriesWater.isFull(deliveries.get());
            return null;
        }
        return new QueuePlace(this, permit);
    }

    /** A place for what was restored, whatever it needs. */
    QueuePlace takeForRestored(long bytes) {
        deliveries.incrementAndGet();
        return new QueuePlace(this, share.acquireRegardless(bytes));
    }

    void left() {
        deliveries.decrementAndGet();
    }

    /** Whether its policy acts: from the high water, or from not fitting, until the low water. */
    public boolean isOverHighWater() {
        // Both are asked, always: each of them moves only then.
        boolean bytesOver = bytesWater.isOver(share.used());
        boolean deliveriesOver = deliveriesWater.isOver(deliveries.get());
        return bytesOver || deliveriesOver;
    }

    /** Whether so many more would fit and take the levels no higher than the high water. */
    boolean hasRoomFor(int more, long bytes) {
        return bytesWater.covers(share.used() + bytes)
                && deliveriesWater.covers((long) deliveries.get() + more)
                && share.wouldFit(bytes);
    }

    /** Whether it is so full that somebody should know. */
    public boolean isAlerting() {
        return share.used() >= policy.alertLevel() * share.most()
                || deliveries.get() >= policy.alertLevel() * policy.maxDeliveries();
    }

    public PolicySettings policy() {
        return policy;
    }

    public long bytes() {
        return share.used();
    }

    public int deliveries() {
        return deliveries.get();
    }

    /** Bytes that no other stream can use. */
    public long guaranteedBytes() {
        return share.guaranteed();
    }

    private boolean enter() {
        int before;
        do {
            before = deliveries.get();
            if (before >= policy.maxDeliveries()) {
                return false;
            }
        } while (!deliveries.compareAndSet(before, before + 1));
        return true;
    }
}
