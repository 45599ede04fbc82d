/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;

import java.time.Duration;

/**
 * Reads and throws away what is still on its way to a request over HTTP/1.1 that has been answered
 * without its body. A connection that is closed with unread bytes is reset, and a reset takes with
 * it an answer that the sender has not read yet; most senders read none before they have sent
 * everything.
 *
 * <p>Ends with the body, with the connection, after a silence of {@link #LONGEST}, with the first
 * byte after that time, or after {@link #MOST_BYTES}. Nothing is kept meanwhile. One Jetty thread
 * at a time; never blocks.
 */
final class LingeringClose implements Invocable.Task {

    /** As long as a body may take by default. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** As much as the largest body that a stream can be made to take. */
    private static final long MOST_BYTES = 64L << 20;

    private final Request request;
    private final Callback completion;
    private final long started = NanoTime.now();
    private long bytes;

    LingeringClose(Request request, Callback completion) {
        this.request = request;
        this.completion = completion;
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        connection.setIdleTimeout(Math.min(connection.getIdleTimeout(), LONGEST.toMillis()));
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            boolean over = chunk.isLast() || Content.Chunk.isFailure(chunk);
            bytes += chunk.remaining();
            chunk.release();
            if (over || isEnough()) {
                completion.succeeded();
                return;
            }
        }
    }

    private boolean isEnough() {
        return bytes > MOST_BYTES || NanoTime.secondsSince(started) >= LONGEST.toSeconds();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
