/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.checkpoint.Receipt;
import io.webhookstreams.checkpoint.Settlement;
import io.webhookstreams.checkpoint.SettlementListener;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * A request that is appended and waits for its receipt. It ends once: answered by the settlement,
 * left by its sender, or given up by the path that could not append it; whoever takes the exchange
 * out ends it. A receipt whose sender has gone stays open, for its delivery is appended all the
 * same.
 */
final class HeldRequest implements SettlementListener {

    private static final AtomicReferenceFieldUpdater<HeldRequest, Exchange> EXCHANGE =
            AtomicReferenceFieldUpdater.newUpdater(HeldRequest.class, Exchange.class, "exchange");

    private final Permit permit;
    private final StreamMetrics metrics;
    private final Problems problems;
    private final LongSupplier nanoClock;
    private final Executor settlers;

    /**
     * Null once its sender has gone, for its receipt may stay open for long and its room is given
     * back. Only for who has taken the exchange out.
     */
    @Nullable private Incoming request;

    /** Null once somebody has taken it out. */
    @SuppressWarnings("UnusedVariable") // Read through the updater.
    @Nullable
    private volatile Exchange exchange;

    HeldRequest(
            Incoming request,
            Permit permit,
            StreamMetrics metrics,
            Problems problems,
            LongSupplier nanoClock,
            Executor settlers) {
        this.request = request;
        this.permit = permit;
        this.metrics = metrics;
        this.problems = problems;
        this.nanoClock = nanoClock;
        this.settlers = settlers;
        this.exchange = request.exchange();
        metrics.held();
    }

    /** On a settling thread, or on the timer's, which must not write. */
    @Override
    public void settled(Receipt receipt, Settlement settlement) {
        boolean shed = receipt.isOfLoss();
        if (settlement != Settlement.EXPIRED) {
            answer(settlement, shed);
            return;
        }
        try {
            settlers.execute(() -> answer(settlement, shed));
        } catch (RejectedExecutionException e) {
            // The server is stopping; this answer leaves late rather than never.
            answer(settlement, shed);
        }
    }

    /** The sender went away. Any thread. */
    void clientGone() {
        if (take() != null) {
            left();
            request = null;
        }
    }

    /** It is a retry of what is durable: yes at once, which says nothing of checkpoints' pace. */
    void alreadyDurable(Receipt receipt) {
        Exchange open = take();
        if (open != null && !sayYes(open, receipt.isOfLoss())) {
            left();
        }
    }

    /**
     * As {@link #alreadyDurable}, of a request that was not held.
     *
     * @param metrics of the stream and the reader that knows what it is a retry of
     */
    static void alreadyDurable(Incoming request, StreamMetrics metrics, boolean shed) {
        if (!sayYes(request, request.exchange(), metrics, shed, () -> {})) {
            metrics.clientGone();
        }
    }

    /** It could not be appended. False: its sender has gone meanwhile. */
    boolean giveUp() {
        boolean mine = take() != null;
        if (mine) {
            permit.close();
        }
        return mine;
    }

    private void answer(Settlement settlement, boolean shed) {
        Exchange open = take();
        if (open == null) {
            return;
        }
        try {
            if (!write(open, settlement, shed)) {
                left();
            }
        } catch (RuntimeException | Error e) {
            permit.close();
            open.fail(e);
            throw e;
        }
    }

    private boolean write(Exchange open, Settlement settlement, boolean shed) {
        return switch (settlement) {
            case DURABLE -> durable(open, shed);
            case EXPIRED -> refuse(open, Refusal.NOT_DURABLE_IN_TIME);
            case LOST -> refuse(open, Refusal.RESTARTING);
        };
    }

    private boolean durable(Exchange open, boolean shed) {
        if (isDurable(request, shed)) {
            long nanos = nanoClock.getAsLong() - open.receivedNanos();
            metrics.durableAfter(TimeUnit.NANOSECONDS.toMicros(nanos));
        }
        return sayYes(open, shed);
    }

    /** Whether yes means more than that it was appended. */
    private static boolean isDurable(Incoming request, boolean shed) {
        return shed || request.endpoint().settings().tier() == Tier.CHECKPOINT;
    }

    private boolean sayYes(Exchange open, boolean shed) {
        return sayYes(request, open, metrics, shed, permit::close);
    }

    private static boolean sayYes(
            Incoming request, Exchange open, StreamMetrics metrics, boolean shed, Runnable left) {
        boolean durable = isDurable(request, shed);
        Answer yes = request.endpoint().success().with(request.rateLimitHeaders());
        boolean written = open.answer(yes, left);
        if (written && shed) {
            metrics.shedAnswered();
        } else if (written && durable) {
            metrics.succeeded();
        } else if (written) {
            metrics.accepted();
        }
        return written;
    }

    private boolean refuse(Exchange open, Refusal refusal) {
        String id = request.deliveryId().toString();
        Answer answer =
                problems.answer(refusal, request.endpoint(), id, null)
                        .with(request.rateLimitHeaders());
        boolean written = open.answer(answer, permit::close);
        if (written) {
            metrics.refused(refusal.code());
        }
        return written;
    }

    private void left() {
        metrics.clientGone();
        permit.close();
    }

    @Nullable
    private Exchange take() {
        Exchange taken = EXCHANGE.getAndSet(this, null);
        if (taken != null) {
            metrics.released();
        }
        return taken;
    }
}
