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
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A plain load balancer over the URLs that TaskManagers may listen on: in turn, without those that
 * take no connection. It looks at each again after a moment, on a thread of its own, so that a
 * request may still meet one that has just died. Safe from any thread; never blocks.
 */
public final class Endpoints {

    private static final long MOMENT = Duration.ofMillis(200).toNanos();
    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final Executor LOOKOUT = lookout();

    /** Whether a port took a connection, and when that was found out. */
    private record Look(boolean listening, long at) {}

    private final List<URI> all;
    private final Map<URI, Look> looks = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** Over these, of which there is at least one; each has a host. Looks at each of several. */
    public Endpoints(List<URI> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("endpoints: none (expected: at least one)");
        }
        this.all = List.copyOf(all);
        if (all.size() > 1) {
            all.forEach(this::look);
        }
    }

    /** The next endpoint that takes connections; when none does, any. */
    public URI next() {
        if (all.size() == 1) {
            return all.get(0);
        }
        List<URI> listening = all.stream().filter(this::isListening).toList();
        List<URI> choice = listening.isEmpty() ? all : listening;
        return choice.get(Math.floorMod(turn.getAndIncrement(), choice.size()));
    }

    private boolean isListening(URI endpoint) {
        Look last = looks.get(endpoint);
        long now = System.nanoTime();
        if (now - last.at() > MOMENT
                && looks.replace(endpoint, last, new Look(last.listening(), now))) {
            LOOKOUT.execute(() -> look(endpoint));
        }
        return last.listening();
    }

    private void look(URI endpoint) {
        looks.put(endpoint, new Look(takesConnection(endpoint), System.nanoTime()));
    }

    private static boolean takesConnection(URI endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.getHost(), port(endpoint)),
                    CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static int port(URI endpoint) {
        if (endpoint.getPort() >= 0) {
            return endpoint.getPort();
        }
        return endpoint.getScheme().equals("https") ? 443 : 80;
    }

    /** One thread, which ends when there is nothing to look at. */
    private static Executor lookout() {
        ThreadPoolExecutor thread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        1,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread made = new Thread(task, "vendor-lookout");
                            made.setDaemon(true);
                            return made;
                        });
        thread.allowCoreThreadTimeOut(true);
        return thread;
    }
}
