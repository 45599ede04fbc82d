/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

import javax.annotation.Nullable;

/**
 * One request and the way to answer it, as the ingest path sees the HTTP server. The body is pulled
 * by one thread at a time; answering is open to all.
 */
public interface Exchange {

    /** What became of a {@link #pull}. */
    enum Pull {
        /** No more for now: ask {@link #whenReadable}. */
        WAIT,
        /** The sink has had the last byte. */
        END,
        /** The sink did not want it; the rest stays unread. */
        STOPPED,
        /** The sender is gone, or what it sends is no HTTP: {@link #abandon} it. */
        BROKEN
    }

    /** Takes a body as it arrives. */
    interface BodySink {
        /** Takes all remaining bytes; they are gone afterwards. False: no more, please. */
        boolean accept(ByteBuffer bytes);
    }

    String method();

    /** As sent, still encoded. */
    String path();

    /** Without its question mark; null when there is none. */
    @Nullable
    String query();

    /** The first value of a header, whatever the name's case. */
    @Nullable
    String header(String name);

    /** All values of a header in order of arrival; empty when absent. */
    List<String> headers(String name);

    /** How many header lines there are. */
    int headerLines();

    /** Every header line in order of arrival, names in lower case. */
    void forEachHeader(BiConsumer<String, String> line);

    /** The declared Content-Length; -1 where none is declared. */
    long declaredLength();

    /**
     * Whom it comes from: the connection's peer, or whom trusted proxies name; null where it is not
     * known. Resolved once.
     */
    @Nullable
    InetAddress clientAddress();

    /** The verified chain of the connection's client, its own first; empty without one. */
    List<X509Certificate> clientCertificates();

    /** When the headers arrived. */
    Instant receivedAt();

    /** When the headers arrived, on the server's nano clock. */
    long receivedNanos();

    /** Gives the sink what has arrived. Never blocks. */
    Pull pull(BodySink sink);

    /** Runs {@code next} once, on a thread of the server, when {@link #pull} has news. */
    void whenReadable(Runnable next);

    /** Ends what {@link Pull#BROKEN} has broken; does nothing if it was answered meanwhile. */
    void abandon();

    /** Ends it because of a fault of ours, unless it has ended. Any thread. */
    void fail(Throwable fault);

    /**
     * Answers. The first call wins and returns true; later calls, and calls after the sender has
     * gone, change nothing and return false. Any thread; never blocks.
     *
     * @param written run once the answer has left or cannot leave any more, on any thread, if this
     *     returns true
     */
    boolean answer(Answer answer, Runnable written);

    /**
     * From now on {@code gone} is run once if the sender is seen to go away before it is answered,
     * and if it {@link #fail}s. A connection that is only silent does not count. HTTP/1.1 shows a
     * departure only when the answer is written.
     */
    void hold(Runnable gone);
}
