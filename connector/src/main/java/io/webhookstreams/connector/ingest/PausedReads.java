/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.config.PolicySettings;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Requests of streams with {@code policy: queue} whose body is not read yet because the stream's
 * queue is nearly full: so TCP's and HTTP/2's flow control slows their senders down. Their time and
 * number are bounded; whoever has waited for long enough, or finds all places taken, goes on, and
 * is refused only if there is still no room once it has proved who it is. So a stranger who waits
 * here costs a vendor's request its wait and nothing else. Any thread; never blocks.
 *
 * <p>One sweeper for all, called by the server's scheduler, lets them go on.
 */
public final class PausedReads {

    private final Queue<Paused> all = new ConcurrentLinkedQueue<>();
    private final LongSupplier nanoClock;
    private final Executor threads;

    /**
     * @param threads of the server, on which reading goes on
     */
    public PausedReads(LongSupplier nanoClock, Executor threads) {
        this.nanoClock = nanoClock;
        this.threads = threads;
    }

    /**
     * Puts a request off if its stream is too full now.
     *
     * @param goOn is given the request later, once, if this returns true
     */
    boolean pause(Incoming request, Consumer<Incoming> goOn) {
        PolicySettings policy = request.endpoint().settings().policy();
        if (policy.policy() != Policy.QUEUE
                || !isTooFull(request.endpoint())
                || !enter(request.endpoint().waiting(), policy.maxWaiting())) {
            return false;
        }
        Endpoint endpoint = request.endpoint();
        StreamMetrics metrics = endpoint.readers().metrics(endpoint.settings().name());
        metrics.paused();
        long due = nanoClock.getAsLong() + policy.maxWait().toNanos();
        all.add(new Paused(request, goOn, due, metrics));
        return true;
    }

    /** Lets go on whoever has waited for long enough, or has room now. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        for (Iterator<Paused> each = all.iterator(); each.hasNext(); ) {
            Paused paused = each.next();
            if (paused.dueNanos() - now <= 0 || !isTooFull(paused.request().endpoint())) {
                each.remove();
                resume(paused);
            }
        }
    }

    private void resume(Paused paused) {
        paused.request().endpoint().waiting().decrementAndGet();
        paused.metrics().resumed();
        paused.request().readFrom(nanoClock.getAsLong());
        try {
            threads.execute(() -> goOn(paused));
        } catch (RejectedExecutionException e) {
            // The server is stopping: its sender will send again.
            paused.request().exchange().fail(e);
        }
    }

    private static void goOn(Paused paused) {
        try {
            paused.goOn().accept(paused.request());
        } catch (RuntimeException e) {
            paused.request().exchange().fail(e);
        } catch (Error e) {
            paused.request().exchange().fail(e);
            throw e;
        }
    }

    private static boolean isTooFull(Endpoint endpoint) {
        return endpoint.readers().isOverHighWater(endpoint.settings().name())
                || !endpoint.room().wouldFit(Admission.HELD_REQUEST_BYTES);
    }

    private static boolean enter(AtomicInteger waiting, int most) {
        int before;
        do {
            before = waiting.get();
            if (before >= most) {
                return false;
            }
        } while (!waiting.compareAndSet(before, before + 1));
        return true;
    }

    private record Paused(
            Incoming request, Consumer<Incoming> goOn, long dueNanos, StreamMetrics metrics) {}
}
