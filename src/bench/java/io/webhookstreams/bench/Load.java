/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code h2load} on the second core: HTTP/2 in clear, one signed 1 KB body.
 *
 * @param connections HTTP/2 connections
 * @param streams requests that each connection keeps in flight
 * @param ratePerConnection requests a second of each connection; 0 for a closed loop
 * @param warmUpSeconds not counted
 * @param seconds counted
 */
record Load(int connections, int streams, int ratePerConnection, int warmUpSeconds, int seconds) {

    private static final Pattern SUCCEEDED = Pattern.compile("status codes: (\\d+) 2xx");
    private static final Pattern OTHERS =
            Pattern.compile("2xx, (\\d+) 3xx, (\\d+) 4xx, (\\d+) 5xx");

    /**
     * What came back.
     *
     * @param perSecond answers with 2xx a second
     * @param refused other answers
     */
    record Result(double perSecond, long refused, Percentiles latency) {}

    int inFlight() {
        return connections * streams;
    }

    /** Posts the body to the URL for the configured time. */
    Result run(String url, Path body, List<String> headers) throws Exception {
        Path log = Files.createTempFile("h2load", ".log");
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load"));
        command.addAll(List.of("-c", "" + connections, "-m", "" + streams, "-t", "1"));
        command.addAll(List.of("-D", "" + seconds, "--warm-up-time", "" + warmUpSeconds));
        if (ratePerConnection > 0) {
            command.addAll(List.of("--rps", "" + ratePerConnection));
        }
        command.addAll(List.of("-d", body.toString(), "--log-file=" + log));
        headers.forEach(header -> command.addAll(List.of("-H", header)));
        command.add(url);
        try {
            String output = Commands.output(command);
            return new Result(
                    number(SUCCEEDED, output, 1) / (double) seconds,
                    number(OTHERS, output, 1)
                            + number(OTHERS, output, 2)
                            + number(OTHERS, output, 3),
                    Percentiles.ofLog(log));
        } finally {
            Files.delete(log);
        }
    }

    private static long number(Pattern pattern, String output, int group) throws IOException {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IOException("h2load: " + output + " (expected: " + pattern + ")");
        }
        return Long.parseLong(matcher.group(group));
    }
}
