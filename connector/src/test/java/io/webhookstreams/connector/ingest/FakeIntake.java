/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.lane.QueueBudget;
import io.webhookstreams.connector.lane.QueuePlace;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.annotation.Nullable;

/**
 * A reader without Flink: keeps every reply open until the test completes a checkpoint. Each
 * receipt is settled by the test, or at the latest by {@link #lose}.
 */
public final class FakeIntake implements Intake {

    private final Queue<Receipt> open = new ConcurrentLinkedQueue<>();
    private final List<WebhookDelivery> appended = new CopyOnWriteArrayList<>();
    private final BlockingQueue<WebhookDelivery> arrivals = new LinkedBlockingQueue<>();
    private volatile int[] lanes = {0, 1, 2, 3};
    private volatile Status status = Status.OPEN;
    private volatile List<String> served = List.of();
    private volatile boolean full;
    private volatile long nanosToDurable;
    private volatile long nanosToCompletion;
    private volatile long nanosToDrain;
    private volatile boolean overHighWater;
    private volatile Offer retries = Offer.ACCEPTED;
    private volatile Throwable broken;
    private volatile Throwable brokenLanes;
    private volatile boolean ofShed;
    private final AtomicInteger lossBudget = new AtomicInteger();
    @Nullable private volatile QueueBudget queue;
    private final Queue<QueuePlace> queued = new ConcurrentLinkedQueue<>();

    @Override
    public Status status() {
        return status;
    }

    @Override
    public void serve(List<StreamSettings> next) {
        served = next.stream().map(StreamSettings::name).toList();
    }

    /** Names of the streams that it was told are in force. */
    public List<String> served() {
        return served;
    }

    @Override
    public int[] lanes() {
        if (brokenLanes != null) {
            sneak(brokenLanes);
        }
        return lanes;
    }

    @Override
    public Offer offer(int lane, WebhookDelivery draft, Tier tier, Receipt receipt) {
        if (broken != null) {
            sneak(broken);
        }
        if (status != Status.OPEN) {
            return Offer.NOT_OPEN;
        }
        if (full || !finds(draft)) {
            return Offer.FULL;
        }
        appended.add(draft);
        open.add(receipt);
        arrivals.add(draft);
        if (tier == Tier.ACCEPT) {
            completeCheckpoint();
        }
        return Offer.ACCEPTED;
    }

    @Override
    public Offer shed(int lane, WebhookDelivery draft, boolean once, Receipt receipt) {
        if (status != Status.OPEN) {
            return Offer.NOT_OPEN;
        }
        if (once && (retries == Offer.JOINED || retries == Offer.DURABLE)) {
            return offerOnce(lane, draft, Tier.CHECKPOINT, receipt);
        }
        if (lossBudget.getAndDecrement() <= 0) {
            return Offer.FULL;
        }
        receipt.promisesLoss();
        open.add(receipt);
        return once && retries == Offer.CONFLICTING ? retries : Offer.ACCEPTED;
    }

    @Override
    public boolean isOverHighWater(String stream) {
        QueueBudget real = queue;
        return real == null
                ? overHighWater && stream.equals("orders")
                : real.of(stream).isOverHighWater();
    }

    @Override
    public boolean hasRoomFor(String stream, int deliveries, long bytes) {
        QueueBudget real = queue;
        return real == null || real.hasRoomFor(stream, deliveries, bytes);
    }

    @Override
    public Offer offerOnce(int lane, WebhookDelivery draft, Tier tier, Receipt receipt) {
        if (ofShed) {
            receipt.promisesLoss();
        }
        return switch (retries) {
            case JOINED -> {
                open.add(receipt);
                arrivals.add(draft);
                yield Offer.JOINED;
            }
            case DURABLE -> Offer.DURABLE;
            case CONFLICTING -> {
                Offer unused = offer(lane, draft, tier, receipt);
                yield Offer.CONFLICTING;
            }
            case ACCEPTED, FULL, NOT_OPEN -> offer(lane, draft, tier, receipt);
        };
    }

    @Override
    public boolean isDurable(WebhookDelivery draft, Receipt receipt) {
        if (ofShed) {
            receipt.promisesLoss();
        }
        return (status == Status.OPEN || status == Status.STALLED) && retries == Offer.DURABLE;
    }

    @Override
    public long pendingDeliveries() {
        return open.size();
    }

    @Override
    public long pendingBytes() {
        return 0;
    }

    @Override
    public long nanosToDurable() {
        return nanosToDurable;
    }

    @Override
    public long nanosToCompletion() {
        return nanosToCompletion;
    }

    @Override
    public long nanosToDrain() {
        return nanosToDrain;
    }

    public void completesIn(Duration next) {
        nanosToCompletion = next.toNanos();
    }

    public void drainsIn(Duration next) {
        nanosToDrain = next.toNanos();
    }

    /** What checkpoints of late tell. */
    public void makesDurableIn(Duration next) {
        nanosToDurable = next.toNanos();
    }

    /** Waits until the next delivery is appended. */
    public WebhookDelivery awaitDelivery() throws InterruptedException {
        WebhookDelivery delivery = arrivals.poll(10, TimeUnit.SECONDS);
        if (delivery == null) {
            throw new AssertionError("no delivery was appended within 10 s");
        }
        return delivery;
    }

    /** Everything appended so far is durable. */
    public void completeCheckpoint() {
        settle(Settlement.DURABLE);
    }

    /** The reader goes away. */
    public void lose() {
        status = Status.CLOSED;
        settle(Settlement.LOST);
    }

    public void becomes(Status next) {
        status = next;
    }

    public void holds(int... next) {
        lanes = next;
    }

    /** Every offer fails; null: none does any more. */
    public void isBroken(@Nullable Throwable failure) {
        broken = failure;
    }

    /** Whoever asks for its lanes fails; null: nobody does any more. */
    public void hasBrokenLanes(@Nullable Throwable failure) {
        brokenLanes = failure;
    }

    /** Throws an exception that is not checked, or an error. */
    static void sneak(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }

    public void isFull(boolean next) {
        full = next;
    }

    /** From now on what is appended takes its place there, until it is emitted. */
    public void queuesIn(QueueBudget next) {
        queue = next;
    }

    /** As many of what is queued in {@link #queuesIn}, the first ones first. */
    public void emits(int deliveries) {
        for (int i = 0; i < deliveries; i++) {
            queued.remove().close();
        }
    }

    /** Of the stream {@code orders}; no other one is. */
    public void isOverHighWater(boolean next) {
        overHighWater = next;
    }

    /** What it says of deliveries that may be retries; {@code ACCEPTED}: they are none. */
    public void takesRetriesAs(Offer next) {
        retries = next;
    }

    /** Whether what they are retries of was shed. */
    public void takesRetriesAsOfShed(boolean next) {
        ofShed = next;
    }

    /** How many may be shed. */
    public void mayShed(int next) {
        lossBudget.set(next);
    }

    /** Receipts that are not settled. */
    public int pending() {
        return open.size();
    }

    public List<WebhookDelivery> appended() {
        return appended;
    }

    private boolean finds(WebhookDelivery draft) {
        QueueBudget real = queue;
        if (real == null) {
            return true;
        }
        QueuePlace place = real.tryTake(draft.stream(), draft.body().length);
        return place != null && queued.add(place);
    }

    private void settle(Settlement settlement) {
        for (Receipt receipt = open.poll(); receipt != null; receipt = open.poll()) {
            receipt.settle(settlement);
        }
    }
}
