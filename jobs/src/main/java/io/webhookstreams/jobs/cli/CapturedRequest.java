/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import io.webhookstreams.auth.AuthRequest;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A request that somebody has written into files.
 *
 * @param query null for none
 * @param lines the headers, in the order of the file
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record CapturedRequest(
        String method,
        String path,
        String query,
        List<Map.Entry<String, String>> lines,
        byte[] body,
        Instant receivedAt)
        implements AuthRequest {

    CapturedRequest {
        lines = List.copyOf(lines);
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
