/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.load;

import io.webhookstreams.test.support.FreePorts;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A plain load balancer over the ports that TaskManagers of one machine may listen on: in turn, and
 * a port that gave no answer is left alone for a moment. Safe from any thread.
 */
public final class Endpoints {

    private static final Duration REST = Duration.ofMillis(300);

    private final List<URI> all;
    private final Map<URI, Long> restingUntil = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    public Endpoints(FreePorts.Range ports, String path) {
        this.all =
                IntStream.rangeClosed(ports.first(), ports.last())
                        .mapToObj(port -> URI.create("http://127.0.0.1:" + port + path))
                        .toList();
    }

    /** The next endpoint that is not resting; the next of all when all are. */
    public URI next() {
        long now = System.nanoTime();
        int start = Math.floorMod(turn.getAndIncrement(), all.size());
        return IntStream.range(start, start + all.size())
                .mapToObj(i -> all.get(i % all.size()))
                .filter(uri -> now - restingUntil.getOrDefault(uri, now) >= 0)
                .findFirst()
                .orElse(all.get(start));
    }

    public void gaveNoAnswer(URI endpoint) {
        restingUntil.put(endpoint, System.nanoTime() + REST.toNanos());
    }
}
