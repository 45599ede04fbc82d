/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The headers that a record keeps: neither credentials, nor what concerned the connection only (RFC
 * 9110, 7.6.1), nor what described the body before it was decoded.
 */
final class RecordHeaders {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "connection",
                    "content-encoding",
                    "content-length",
                    "expect",
                    "http2-settings",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private final Set<String> removed;

    /**
     * @param credentials names in lower case
     */
    RecordHeaders(Set<String> credentials) {
        removed = new HashSet<>(OF_THE_CONNECTION);
        removed.addAll(credentials);
    }

    /**
     * The canonical form of a delivery: names in lower case and in order, values in order of
     * arrival.
     */
    SortedMap<String, List<String>> of(Exchange exchange) {
        SortedMap<String, List<String>> kept = new TreeMap<>();
        exchange.forEachHeader(
                (name, value) -> {
                    if (!removed.contains(name)) {
                        kept.merge(name, List.of(value), RecordHeaders::joined);
                    }
                });
        for (String line : exchange.headers("connection")) {
            for (String named : line.split(",", -1)) {
                kept.remove(named.trim().toLowerCase(Locale.ROOT));
            }
        }
        return kept;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
