/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.config.StreamSettings;

import java.util.List;

/**
 * Where verified deliveries go: one open reader of a source. Implemented by the reader, called by
 * the ingest path on Jetty's threads; no method blocks.
 */
public interface Intake {

    /** Whether deliveries can be appended now, and if not, why. */
    enum Status {
        /** Lanes are held and owned; checkpoints complete. */
        OPEN,
        /** The reader has no lanes yet, or the enumerator has not granted their ownership. */
        STARTING,
        /** The watchdog fired: checkpoints have stopped completing. */
        STALLED,
        /** The reader was closed; a newer attempt will register. */
        CLOSED
    }

    /** What became of an offer. */
    enum Offer {
        /** Appended, and the receipt is registered: it will be settled exactly once. */
        ACCEPTED,
        /** As {@link #ACCEPTED}, although the event id is known: with another body. */
        CONFLICTING,
        /**
         * A retry of what is pending: nothing is appended, and the receipt will be settled with it.
         */
        JOINED,
        /** A retry of what is durable: nothing is appended, the receipt stays the caller's. */
        DURABLE,
        /**
         * The stream has no room in the queue, or its policy refuses; nothing happened, the receipt
         * stays the caller's.
         */
        FULL,
        /** See {@link #status()}; nothing happened, the receipt stays the caller's. */
        NOT_OPEN
    }

    Status status();

    /**
     * The streams of the configuration that is in force from now on, before the first request comes
     * by it: they share the queue. On the thread that puts it in force.
     */
    void serve(List<StreamSettings> streams);

    /**
     * The lanes that this reader holds, ascending; empty until it owns some. The array must not be
     * changed.
     */
    int[] lanes();

    /**
     * Appends the delivery to a lane of {@link #lanes()} and registers the receipt as one step with
     * respect to the checkpoint's cut. With tier {@code ACCEPT} the receipt is settled DURABLE
     * right after the append.
     *
     * @param draft the delivery without lane and sequence, which the append assigns; not to be used
     *     afterwards, because its bytes are what is appended
     */
    Offer offer(int lane, WebhookDelivery draft, Tier tier, Receipt receipt);

    /**
     * As {@link #offer}, but a retry of a delivery that this reader knows, with the same event id
     * and body, is not appended again, whatever room there is and whatever the policy says; one of
     * what {@link #isDurable} is known as such whatever the status. Without an event id every
     * delivery is a new one.
     */
    Offer offerOnce(int lane, WebhookDelivery draft, Tier tier, Receipt receipt);

    /**
     * Spends one delivery of the stream's loss budget in a lane of {@link #lanes()} and registers
     * the receipt, as one step with respect to the checkpoint's cut; the delivery itself is
     * appended nowhere, but where the stream keeps a ledger a record of it is, in that step. The
     * receipt {@link Receipt#isOfLoss promises a loss} and is settled by the checkpoint that holds
     * what was spent, whatever the stream's tier. {@code FULL}: the budget is spent, or the stream
     * has none, or there is no room for the record.
     *
     * <p>{@code JOINED} and {@code DURABLE} of either method: the receipt promises a loss if what
     * it is a retry of was shed, and only then.
     *
     * @param once as with {@link #offerOnce}: a retry of what was appended or shed spends nothing
     */
    Offer shed(int lane, WebhookDelivery draft, boolean once, Receipt receipt);

    /**
     * Whether the delivery is a retry of what a completed checkpoint holds, as far as this reader
     * remembers: then its sender is told yes, also where nothing can be taken now. The receipt
     * stays the caller's; it promises a loss if what it is a retry of was shed. False while {@code
     * STARTING} and once {@code CLOSED}.
     *
     * <p>It may be true while {@code STALLED}, and on a TaskManager that the job has given up and
     * that has not noticed: what is durable here is in a checkpoint that completed during this
     * attempt or that it started from, and each later attempt starts from that one or a newer one.
     */
    boolean isDurable(WebhookDelivery draft, Receipt receipt);

    /**
     * Whether the stream's part of the queue is so full that its policy acts. Asked for each
     * request of a stream that puts off reading.
     */
    boolean isOverHighWater(String stream);

    /**
     * Whether so many more deliveries of the stream, with so many bytes in all, would find room
     * before its policy acts.
     */
    boolean hasRoomFor(String stream, int deliveries, long bytes);

    /**
     * Deliveries that are appended and not fully emitted, or whose receipt is open: at 0 the reader
     * has nothing left to do. For the drain status, at the pace of a gauge.
     */
    long pendingDeliveries();

    /** Bytes of the deliveries that are queued. At the pace of a gauge. */
    long pendingBytes();

    /**
     * Nanoseconds until a delivery that comes at the worst instant is durable, as far as the
     * checkpoints of late and the present one tell.
     */
    long nanosToDurable();

    /**
     * Nanoseconds until the next checkpoint is to be expected to complete; when it is overdue, as
     * long again as it is overdue.
     */
    long nanosToCompletion();

    /**
     * Nanoseconds until what is queued is emitted, at the pace of late; 0 where that is not known.
     */
    long nanosToDrain();
}
