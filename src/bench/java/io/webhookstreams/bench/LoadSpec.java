/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * A load by {@code h2load} on the second core.
 *
 * @param http2 HTTP/2 in clear, else HTTP/1.1 with one request at a time on each connection
 * @param connections how many
 * @param streams requests that each connection keeps in flight
 * @param ratePerConnection requests a second of each connection; 0 for a closed loop
 * @param warmUpSeconds not counted
 * @param seconds counted
 * @param drainSeconds for which an open loop goes on, so that what was due in the counted time may
 *     be answered
 */
record LoadSpec(
        boolean http2,
        int connections,
        int streams,
        double ratePerConnection,
        int warmUpSeconds,
        int seconds,
        int drainSeconds) {

    private static final int STREAMS = 1_000;
    private static final int RATE_PER_CONNECTION = 100;

    /** A client of {@code h2load} that connects after the load's end never ends. */
    private static final int CONNECTED_PER_SECOND = 2_000;

    /** As many requests in flight as that, always. */
    static LoadSpec closed(boolean http2, int inFlight, int warmUpSeconds, int seconds) {
        int streams = http2 ? Math.min(STREAMS, inFlight) : 1;
        int connections = inFlight / streams;
        int warmUp = warmUpSeconds + connections / CONNECTED_PER_SECOND;
        return new LoadSpec(http2, connections, streams, 0, warmUp, seconds, 0);
    }

    /**
     * Requests at a rate, whether answers come or not: over many connections, because h2load sends
     * what is due every 10 ms.
     */
    static LoadSpec open(
            boolean http2, int rate, int warmUpSeconds, int seconds, int drainSeconds) {
        int connections = Math.max(1, rate / (http2 ? RATE_PER_CONNECTION : 5));
        return new LoadSpec(
                http2,
                connections,
                http2 ? STREAMS : 1,
                rate / (double) connections,
                warmUpSeconds + connections / CONNECTED_PER_SECOND,
                seconds,
                drainSeconds);
    }

    boolean isOpen() {
        return ratePerConnection > 0;
    }

    int inFlight() {
        return connections * streams;
    }

    double rate() {
        return connections * ratePerConnection;
    }

    /**
     * The same load over one connection, as a list of URLs needs it: each connection sends it all.
     */
    LoadSpec overOneConnection() {
        return new LoadSpec(http2, 1, inFlight(), rate(), warmUpSeconds, seconds, drainSeconds);
    }

    /**
     * Of h2load. An open loop has no warm-up there: what ends in it would be missing in the log,
     * and with it the time from which requests are due.
     */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("-t", "1"));
        if (!http2) {
            arguments.add("--h1");
        }
        arguments.addAll(List.of("-c", "" + connections, "-m", "" + streams));
        if (isOpen()) {
            arguments.addAll(List.of("-D", "" + (warmUpSeconds + seconds + drainSeconds)));
            arguments.addAll(List.of("--rps", "" + ratePerConnection));
        } else {
            arguments.addAll(List.of("-D", "" + seconds, "--warm-up-time", "" + warmUpSeconds));
        }
        return arguments;
    }
}
