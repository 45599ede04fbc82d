/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * All requests whose body is still arriving, and the one budget for their bytes. When it is full,
 * the slowest of them is cut, by bytes per time since its headers: so a thousand senders who
 * trickle cannot keep out one who sends at once. Any thread; never blocks.
 *
 * <p>One sweeper for all, called by the server's scheduler, cuts bodies that are late.
 */
public final class UnverifiedRequests {

    private final ByteBudget budget;
    private final ListenerMetrics metrics;
    private final LongSupplier nanoClock;
    private final Set<Unverified> requests = ConcurrentHashMap.newKeySet();

    public UnverifiedRequests(ByteBudget budget, ListenerMetrics metrics, LongSupplier nanoClock) {
        this.budget = budget;
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /** From now on the request may be cut, until it leaves. */
    public void enter(Unverified request) {
        requests.add(request);
    }

    public void leave(Unverified request) {
        requests.remove(request);
    }

    /** An empty permit, to be grown by {@link #charge} and closed by the caller. */
    public Permit emptyPermit() {
        return Objects.requireNonNull(budget.tryAcquire(0), "0 bytes always fit");
    }

    /**
     * Takes more bytes for a request, at the cost of slower ones where need be. False: the request
     * itself was the slowest, or is over; nothing was taken.
     */
    public boolean charge(Unverified request, Permit permit, long bytes) {
        while (!permit.tryGrow(bytes)) {
            Unverified slowest = request.isOver() ? request : slowest(request, bytes);
            if (slowest == request) {
                return false;
            }
            if (slowest.crowdedOut()) {
                metrics.cut();
            }
        }
        return true;
    }

    /** Cuts every request whose body is late. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        for (Unverified request : requests) {
            if (request.dueNanos() - now <= 0) {
                request.tooSlow();
            }
        }
    }

    /** Requests whose body is arriving. */
    public int size() {
        return requests.size();
    }

    /** Bytes that they hold of the budget. */
    public long bytes() {
        return budget.used();
    }

    /** The one to cut: another that holds bytes and is slower, otherwise the asking one. */
    private Unverified slowest(Unverified asking, long bytes) {
        long now = nanoClock.getAsLong();
        Unverified slowest = asking;
        double least = bytesPerNano(asking, asking.heldBytes() + bytes, now);
        for (Unverified request : requests) {
            long held = request.heldBytes();
            double rate = bytesPerNano(request, held, now);
            if (request != asking && held > 0 && rate < least) {
                least = rate;
                slowest = request;
            }
        }
        return slowest;
    }

    private static double bytesPerNano(Unverified request, long bytes, long now) {
        return (double) bytes / Math.max(1, now - request.startedNanos());
    }
}
