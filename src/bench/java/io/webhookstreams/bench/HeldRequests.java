/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts many requests at once to a source whose next checkpoint is far away, and weighs the server
 * meanwhile.
 */
final class HeldRequests {

    private static final Pattern SUCCEEDED = Pattern.compile("status codes: (\\d+) 2xx");

    /**
     * What was found.
     *
     * @param bytesPerRequest live heap with all requests held less live heap without, divided by
     *     their number
     * @param answered requests that got a 2xx in the end
     */
    record Figures(double bytesPerRequest, long answered) {}

    private final int count;
    private final int streams;
    private final Path body;
    private final List<String> headers;

    HeldRequests(int count, int streams, Path body, List<String> headers) {
        this.count = count;
        this.streams = streams;
        this.body = body;
        this.headers = headers;
    }

    Figures measure(ServerProcess server, String path) throws Exception {
        // A first round, answered by the first checkpoint, so that classes and pools do not count.
        post(server.url() + path).waitFor();
        long before = server.liveHeapBytes();
        Process load = post(server.url() + path);
        long most = 0;
        while (load.isAlive()) {
            most = Math.max(most, server.liveHeapBytes());
        }
        String output =
                new String(
                        load.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        Matcher succeeded = SUCCEEDED.matcher(output);
        if (!succeeded.find()) {
            throw new IllegalStateException("h2load: " + output);
        }
        return new Figures((most - before) / (double) count, Long.parseLong(succeeded.group(1)));
    }

    private Process post(String url) throws Exception {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load"));
        command.addAll(List.of("-n", "" + count, "-c", "" + count / streams, "-m", "" + streams));
        command.addAll(List.of("-t", "1", "-d", body.toString()));
        headers.forEach(header -> command.addAll(List.of("-H", header)));
        command.add(url);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
