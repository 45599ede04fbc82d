/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.admission;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.connector.metrics.ListenerMetrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * All requests whose body is still arriving, and the one budget for their bytes. When it is full,
 * one of them is cut: of the stream that has most of it by its weight, so that nobody's crowd costs
 * another stream anything; and there the slowest, by bytes per time since it was asked for, so that
 * a thousand senders who trickle cannot keep out one who sends at once. Any thread; never blocks.
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
     * Takes more bytes for a request, at the cost of others where need be. False: the request
     * itself was the one to cut, or is over; nothing was taken.
     */
    public boolean charge(Unverified request, Permit permit, long bytes) {
        while (!permit.tryGrow(bytes)) {
            Unverified next = request.isOver() ? request : nextToCut(request, bytes);
            if (next == request) {
                return false;
            }
            if (next.crowdedOut()) {
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

    /** One that holds bytes, or the asking one, as if it had what it asks for. */
    private Unverified nextToCut(Unverified asking, long bytes) {
        long now = nanoClock.getAsLong();
        Map<String, Crowd> crowds = new HashMap<>();
        Crowd largest = new Crowd();
        largest.add(asking, asking.heldBytes() + bytes, now);
        crowds.put(asking.stream(), largest);
        for (Unverified request : requests) {
            long held = request.heldBytes();
            if (request != asking && held > 0) {
                Crowd crowd = crowds.computeIfAbsent(request.stream(), stream -> new Crowd());
                crowd.add(request, held, now);
                largest = crowd.size > largest.size ? crowd : largest;
            }
        }
        return largest.slowest();
    }

    /** Requests of one stream. */
    private static final class Crowd {
        private double size;
        private double least = Double.POSITIVE_INFINITY;
        @Nullable private Unverified slowest;

        void add(Unverified request, long bytes, long now) {
            size += (double) bytes / request.weight();
            double rate = (double) bytes / Math.max(1, now - request.startedNanos());
            if (rate < least) {
                least = rate;
                slowest = request;
            }
        }

        Unverified slowest() {
            return Objects.requireNonNull(slowest, "a crowd has one request at least");
        }
    }
}
