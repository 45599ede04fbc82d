/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.annotation.Nullable;

/**
 * All routes of one listener. A source's routes stay when its readers go, for they come back:
 * meanwhile its senders are told to retry and not that they are unknown. Reading takes no lock.
 */
public final class Routes<E> {

    private volatile Map<String, Route<E>> byPath = Map.of();

    /** Whether no source has registered yet, so that nothing can be said of any path. */
    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    @Nullable
    public Route<E> find(String path) {
        return byPath.get(path);
    }

    /**
     * Makes these the routes of a source, in place of those that it had.
     *
     * @throws IllegalArgumentException if another source has one of the paths; nothing changes
     */
    public synchronized void replace(String source, List<Route<E>> routes) {
        Map<String, Route<E>> next = new HashMap<>(byPath);
        next.values().removeIf(route -> route.source().equals(source));
        for (Route<E> route : routes) {
            Route<E> other = next.putIfAbsent(route.path(), route);
            if (other != null) {
                throw new IllegalArgumentException(
                        "path: one of source "
                                + source
                                + " is taken by source "
                                + other.source()
                                + " (expected: unique in its listener)");
            }
        }
        byPath = next;
    }
}
