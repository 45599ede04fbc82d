/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One answer of HTTP/1.1, as its bytes say.
 *
 * @param headers names in lower case
 */
record RawAnswer(int status, Map<String, String> headers, String body) {

    /** Reads exactly one, so that another may follow on the same connection. */
    static RawAnswer read(RawClient client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            String next = client.read(1);
            if (next.isEmpty()) {
                throw new IOException("answer: ended after: " + head);
            }
            head.append(next);
        }
        List<String> lines = head.toString().strip().lines().toList();
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        int statusAt = "HTTP/1.1 ".length();
        int status = Integer.parseInt(lines.get(0).substring(statusAt, statusAt + 3));
        return new RawAnswer(status, headers, client.read(length));
    }
}
