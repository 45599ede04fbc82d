/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.util.Callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The settled answers of one HTTP/2 connection. Only one chunk is on its way at a time, the first
 * of them a single answer, because Jetty writes together what is queued from a write's completion,
 * and nothing else.
 *
 * <p>Any thread adds and flushes; whoever finds nobody writing writes.
 */
final class AnswerQueue {

    /**
     * Jetty's flusher searches what it has in hand for each frame: small chunks keep that cheap.
     */
    private static final int CHUNK = 64;

    private final Queue<JettyExchange> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile boolean failing;

    /** True if {@link #flush} was not due before. */
    boolean add(JettyExchange exchange) {
        waiting.add(exchange);
        return flushIsDue.compareAndSet(false, true);
    }

    /** Sends everything that was added, or leaves it to who is writing. */
    void flush() {
        // Before looking: what is added afterwards makes another flush due.
        flushIsDue.set(false);
        writeUnlessWriting();
    }

    private void writeUnlessWriting() {
        if (writing.compareAndSet(false, true)) {
            write(next(1));
        }
    }

    private void write(List<JettyExchange> chunk) {
        AtomicInteger onTheirWay = new AtomicInteger(chunk.size());
        for (JettyExchange exchange : chunk) {
            exchange.write(new Written(exchange, onTheirWay));
        }
        if (chunk.isEmpty()) {
            writing.set(false);
            // Who flushed meanwhile found somebody writing.
            if (!waiting.isEmpty()) {
                writeUnlessWriting();
            }
        }
    }

    private List<JettyExchange> next(int most) {
        List<JettyExchange> chunk = new ArrayList<>();
        while (chunk.size() < most) {
            JettyExchange exchange = waiting.poll();
            if (exchange == null) {
                break;
            }
            chunk.add(exchange);
        }
        return chunk;
    }

    private void chunkWritten() {
        // A connection that is broken fails each answer at once, within this very call: chunk
        // after chunk, thousands of them would need more stack than there is.
        int most = failing ? Integer.MAX_VALUE : CHUNK;
        failing = false;
        write(next(most));
    }

    /** One answer of a chunk has left, or cannot leave; the last one sends the next chunk. */
    private final class Written extends Callback.Nested {
        private final AtomicInteger onTheirWay;

        Written(JettyExchange exchange, AtomicInteger onTheirWay) {
            super(exchange);
            this.onTheirWay = onTheirWay;
        }

        @Override
        public void failed(Throwable failure) {
            failing = true;
            super.failed(failure);
        }

        @Override
        public void completed() {
            if (onTheirWay.decrementAndGet() == 0) {
                chunkWritten();
            }
        }
    }
}
