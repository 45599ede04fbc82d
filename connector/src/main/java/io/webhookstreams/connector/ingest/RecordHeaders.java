/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

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

    /** By lower-case name, values in order of arrival. */
    Map<String, List<String>> of(Exchange exchange) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        exchange.forEachHeader(
                (name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (!removed.contains(lower)) {
                        kept.computeIfAbsent(lower, n -> new ArrayList<>(1)).add(value);
                    }
                });
        for (String line : exchange.headers("connection")) {
            for (String named : line.split(",", -1)) {
                kept.remove(named.trim().toLowerCase(Locale.ROOT));
            }
        }
        return kept;
    }
}
