/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.route;

import java.util.List;

/**
 * One path that senders may post to.
 *
 * @param source the source that serves it
 * @param path as sent, still encoded; compared exactly
 * @param methods that are accepted
 * @param endpoint what serves it
 */
public record Route<E>(String source, String path, List<String> methods, E endpoint) {

    public Route {
        methods = List.copyOf(methods);
    }

    public boolean accepts(String method) {
        return methods.contains(method);
    }

    /** The value of {@code Allow} for the 405. */
    public String allow() {
        return String.join(", ", methods);
    }
}
