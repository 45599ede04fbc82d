/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.server.ConnectionMetaData;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The settled answers of one server's HTTP/2 connections on their way out. A checkpoint settles
 * thousands of them at once; written one by one, each would be a system call of its own. So what is
 * answered while settlements run waits until one of them ends, and leaves together; what is
 * answered at any other time leaves at once. Any thread; never blocks.
 */
final class SettledAnswers {

    private static final String ATTRIBUTE = SettledAnswers.class.getName();

    private final Queue<AnswerQueue> unflushed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger settling = new AtomicInteger();

    /** These threads, as those that run settlements. */
    Executor settlersOn(Executor threads) {
        return settlements -> threads.execute(() -> settle(settlements));
    }

    /** Writes the answer of a held exchange, now or with others. */
    void write(JettyExchange exchange, ConnectionMetaData connection) {
        AnswerQueue queue = queueOf(connection);
        if (queue.add(exchange)) {
            unflushed.add(queue);
        }
        if (settling.get() == 0) {
            flush();
        }
    }

    private void settle(Runnable settlements) {
        settling.incrementAndGet();
        try {
            settlements.run();
        } finally {
            // In this order: who adds a queue either sees that nobody settles, or is seen here.
            settling.decrementAndGet();
            flush();
        }
    }

    private void flush() {
        for (AnswerQueue queue = unflushed.poll(); queue != null; queue = unflushed.poll()) {
            queue.flush();
        }
    }

    /** The connection's own. Two threads may make one each at first, which does no harm. */
    private static AnswerQueue queueOf(ConnectionMetaData connection) {
        AnswerQueue queue = (AnswerQueue) connection.getAttribute(ATTRIBUTE);
        if (queue == null) {
            queue = new AnswerQueue();
            connection.setAttribute(ATTRIBUTE, queue);
        }
        return queue;
    }
}
