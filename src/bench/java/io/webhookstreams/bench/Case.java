/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is posted to a system, and how.
 *
 * @param name as the tables say it
 * @param system key of the system under test
 * @param http2 else HTTP/1.1
 * @param kibibytes size of the body
 * @param intervalMillis checkpoint interval that an answer waits for; 0 if it waits for none
 * @param firstInFlight with how many requests in flight the search begins, where no interval says
 *     it
 * @param ids whether each request has an event id of its own
 * @param atStatedRate whether its time to answer is measured at the stated rate too, not only at
 *     half of its peak
 */
record Case(
        String name,
        String system,
        boolean http2,
        int kibibytes,
        int intervalMillis,
        int firstInFlight,
        boolean ids,
        boolean atStatedRate) {

    private static final int MOST_HTTP_1 = 15_000;
    private static final int MOST_BYTES = 256 << 20;
    private static final int MOST = 100_000;
    private static final int MOST_OVER_ONE_CONNECTION = 10_000;
    private static final int CANDIDATES = 4;

    static Case of(String name, String system, int intervalMillis) {
        return new Case(name, system, true, 1, intervalMillis, 4_000, false, true);
    }

    static Case blocking(String name, String system) {
        return new Case(name, system, false, 1, 0, 100, false, true);
    }

    Case over1() {
        return new Case(
                name + ", HTTP/1.1", system, false, kibibytes, intervalMillis, 256, ids, false);
    }

    Case withBody(int size) {
        return new Case(
                name + ", " + size + " KB", system, http2, size, intervalMillis, 64, ids, false);
    }

    Case withIds() {
        return new Case(
                name, system, http2, kibibytes, intervalMillis, firstInFlight, true, atStatedRate);
    }

    /**
     * 3 × what can arrive in an interval and a checkpoint, in multiples of a connection's streams.
     */
    int inFlight(double ceilingPerSecond, double checkpointMillis) {
        if (intervalMillis == 0) {
            return firstInFlight;
        }
        return bounded(wanted(ceilingPerSecond, checkpointMillis));
    }

    /**
     * Whether fewer are in flight than {@link #inFlight} asks for, because more are not allowed.
     */
    boolean isCapped(double ceilingPerSecond, double checkpointMillis) {
        return intervalMillis > 0 && wanted(ceilingPerSecond, checkpointMillis) > most();
    }

    private int wanted(double ceilingPerSecond, double checkpointMillis) {
        double checkpoint = Double.isNaN(checkpointMillis) ? 20 : checkpointMillis;
        return (int) (3 * ceilingPerSecond * (intervalMillis + checkpoint) / 1000);
    }

    /** What memory and file descriptors of both sides allow. */
    int bounded(int inFlight) {
        int bounded = Math.max(1, Math.min(most(), inFlight));
        return http2 && bounded > 1_000 ? bounded / 1_000 * 1_000 : bounded;
    }

    private int most() {
        if (ids) {
            return MOST_OVER_ONE_CONNECTION;
        }
        return http2 ? Math.min(MOST, MOST_BYTES / (kibibytes * 1024)) : MOST_HTTP_1;
    }

    /**
     * Numbers in flight of which the best is searched; one if {@link Throughput} doubles the number
     * as long as that brings more. No interval says how many a case with small bodies over HTTP/2
     * needs that waits for no checkpoint.
     */
    List<Integer> candidates(int first) {
        boolean unknown = intervalMillis == 0 && http2 && kibibytes == 1;
        return IntStream.iterate(first, each -> 2 * each)
                .limit(unknown ? CANDIDATES : 1)
                .map(this::bounded)
                .distinct()
                .boxed()
                .toList();
    }
}
