/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.prove.vendor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A plain load balancer over the URLs that TaskManagers may listen on: in turn, without those that
 * take no connection. It looks at a port again after a moment, so that a request may still meet one
 * that has just died. Safe from any thread.
 */
public final class Endpoints {

    private static final long MOMENT = Duration.ofMillis(200).toNanos();
    private static final int CONNECT_TIMEOUT_MILLIS = 500;

    /** Whether a port took a connection, and when that was found out. */
    private record Look(boolean listening, long at) {}

    private final List<URI> all;
    private final Map<URI, Look> looks = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** Over these, of which there is at least one; each has a host and a port. */
    public Endpoints(List<URI> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("endpoints: none (expected: at least one)");
        }
        this.all = List.copyOf(all);
    }

    /** The next endpoint that takes connections; when none does, any. */
    public URI next() {
        int start = Math.floorMod(turn.getAndIncrement(), all.size());
        return IntStream.range(start, start + all.size())
                .mapToObj(i -> all.get(i % all.size()))
                .filter(this::isListening)
                .findFirst()
                .orElse(all.get(start));
    }

    private boolean isListening(URI endpoint) {
        Look last = looks.get(endpoint);
        if (last == null || System.nanoTime() - last.at() > MOMENT) {
            last = new Look(takesConnection(endpoint), System.nanoTime());
            looks.put(endpoint, last);
        }
        return last.listening();
    }

    private static boolean takesConnection(URI endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.getHost(), endpoint.getPort()),
                    CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
