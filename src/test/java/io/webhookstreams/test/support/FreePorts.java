/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Finds ports of the loopback address that are free now. Another process may take one before it is
 * used; the port range is below the ephemeral ports, so that no outgoing connection does.
 */
public final class FreePorts {

    /** Of forks of the build that run at the same time, each has a range of its own. */
    private static final int FORKS = 2;

    private static final int PORTS = 12_000 / FORKS;
    private static final int LOWEST = 20_000 + Integer.getInteger("test.fork", 1) % FORKS * PORTS;

    /** Ports that follow one another: {@code first} to {@code last}, both included. */
    public record Range(int first, int last) {

        /** The URL of that path on each port. */
        public List<URI> urls(String path) {
            return IntStream.rangeClosed(first, last)
                    .mapToObj(port -> URI.create("http://127.0.0.1:" + port + path))
                    .toList();
        }

        /** Each port of the loopback address. */
        public List<InetSocketAddress> addresses() {
            return IntStream.rangeClosed(first, last)
                    .mapToObj(p -> new InetSocketAddress(InetAddress.getLoopbackAddress(), p))
                    .toList();
        }

        @Override
        public String toString() {
            return first + "-" + last;
        }
    }

    private FreePorts() {}

    public static int one() {
        return range(1).first();
    }

    public static Range range(int size) {
        SplittableRandom random = new SplittableRandom();
        for (int tries = 0; tries < 1_000; tries++) {
            int first = random.nextInt(LOWEST, LOWEST + PORTS - size);
            if (allFree(first, size)) {
                return new Range(first, first + size - 1);
            }
        }
        throw new IllegalStateException("ports: none (expected: " + size + " free ones in a row)");
    }

    private static boolean allFree(int first, int size) {
        for (int port = first; port < first + size; port++) {
            if (!isFree(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
