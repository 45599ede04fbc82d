/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.metrics.StreamMetrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Requests of streams with {@code policy: queue} whose body is not read yet because the stream's
 * queue is nearly full: so TCP's and HTTP/2's flow control slows their senders down. Those of one
 * stream stand in a {@link WaitingLine}: they go on in order of arrival, no more at once than there
 * is room for, and whoever comes while others wait goes behind them. Their time and number are
 * bounded; whoever has waited for long enough, or finds all places taken, goes on, and is refused
 * only if there is still no room once it has proved who it is. So a stranger who waits here costs a
 * vendor's request its wait and nothing else. Any thread; never blocks.
 *
 * <p>One sweeper for all, called by the server's scheduler, lets them go on.
 */
public final class PausedReads {

    /** Where somebody waits, or has a turn. */
    private final Set<WaitingLine> lines = ConcurrentHashMap.newKeySet();

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
     * Puts a request off if its stream is too full now, or others of it wait.
     *
     * @param goOn is given the request later, once, if this returns true
     */
    boolean pause(Incoming request, Consumer<Incoming> goOn) {
        Endpoint endpoint = request.endpoint();
        WaitingLine line = endpoint.line();
        if (endpoint.settings().policy().policy() != Policy.QUEUE
                || !(line.isOccupied() || WaitingLine.isTooFull(endpoint))) {
            return false;
        }
        StreamMetrics metrics = endpoint.readers().metrics(endpoint.settings().name());
        if (!line.join(new WaitingLine.Waiting(request, goOn, nanoClock.getAsLong(), metrics))) {
            return false;
        }
        lines.add(line);
        return true;
    }

    /** Lets go on whoever has waited for long enough, or has room now. */
    public void sweep() {
        long now = nanoClock.getAsLong();
        lines.forEach(line -> sweep(line, now));
    }

    private void sweep(WaitingLine line, long now) {
        line.letGo(now, this::resume);
        // Somebody may have joined between the look and the removal.
        if (line.isIdle() && lines.remove(line) && !line.isIdle()) {
            lines.add(line);
        }
    }

    private void resume(WaitingLine.Waiting waiting) {
        waiting.request().readFrom(nanoClock.getAsLong());
        try {
            threads.execute(() -> goOn(waiting));
        } catch (RejectedExecutionException e) {
            // The server is stopping: its sender will send again.
            fail(waiting, e);
        }
    }

    private static void goOn(WaitingLine.Waiting waiting) {
        try {
            waiting.goOn().accept(waiting.request());
        } catch (RuntimeException e) {
            fail(waiting, e);
        } catch (Error e) {
            fail(waiting, e);
            throw e;
        }
    }

    private static void fail(WaitingLine.Waiting waiting, Throwable fault) {
        waiting.request().turnIsOver();
        waiting.request().exchange().fail(fault);
    }
}
