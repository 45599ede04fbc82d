/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.Callback;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The settled answers of one HTTP/2 connection on their way out. A checkpoint settles thousands of
 * them at once; written one by one, each would be a system call of its own. So only one chunk is on
 * its way at a time, and what gathers meanwhile is the next: Jetty writes frames that are queued
 * from a write's completion together.
 *
 * <p>Any thread adds; whoever finds the queue idle writes.
 */
final class AnswerQueue {

    /**
     * Jetty's flusher searches what it has in hand for each frame: small chunks keep that cheap.
     */
    private static final int CHUNK = 64;

    private static final String ATTRIBUTE = AnswerQueue.class.getName();

    private final Queue<JettyExchange> waiting = new ConcurrentLinkedQueue<>();

    /** Answers that are waiting or on their way; who raises it from 0 writes. */
    private final AtomicInteger unfinished = new AtomicInteger();

    /** The connection's own. Two threads may make one each at first, which does no harm. */
    static AnswerQueue of(ConnectionMetaData connection) {
        AnswerQueue queue = (AnswerQueue) connection.getAttribute(ATTRIBUTE);
        if (queue == null) {
            queue = new AnswerQueue();
            connection.setAttribute(ATTRIBUTE, queue);
        }
        return queue;
    }

    void write(JettyExchange exchange) {
        waiting.add(exchange);
        if (unfinished.getAndIncrement() == 0) {
            writeChunk();
        }
    }

    private void writeChunk() {
        List<JettyExchange> chunk = nextChunk();
        AtomicInteger onTheirWay = new AtomicInteger(chunk.size());
        for (JettyExchange exchange : chunk) {
            exchange.write(new Written(exchange, chunk.size(), onTheirWay));
        }
    }

    private List<JettyExchange> nextChunk() {
        List<JettyExchange> chunk = new ArrayList<>();
        while (chunk.size() < CHUNK) {
            JettyExchange exchange = waiting.poll();
            if (exchange == null) {
                break;
            }
            chunk.add(exchange);
        }
        return chunk;
    }

    private void chunkWritten(int size) {
        if (unfinished.addAndGet(-size) > 0) {
            writeChunk();
        }
    }

    /** One answer of a chunk has left, or cannot leave; the last one sends the next chunk. */
    private final class Written extends Callback.Nested {
        private final int size;
        private final AtomicInteger onTheirWay;

        Written(JettyExchange exchange, int size, AtomicInteger onTheirWay) {
            super(exchange);
            this.size = size;
            this.onTheirWay = onTheirWay;
        }

        @Override
        public void completed() {
            if (onTheirWay.decrementAndGet() == 0) {
                chunkWritten(size);
            }
        }
    }
}
