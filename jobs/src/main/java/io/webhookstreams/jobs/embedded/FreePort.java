/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;

/**
 * Chooses the port before the job starts, so that its URL can be told: with one TaskManager in this
 * process a range is a choice to be made once.
 */
public final class FreePort {

    private FreePort() {}

    /**
     * The first port of {@code 8080}, {@code 8080-8089} or {@code 0} (any) that is free now.
     *
     * @throws IOException if none is
     */
    public static int firstOf(String address, String ports) throws IOException {
        String[] bounds = ports.split("-", 2);
        int first = Integer.parseInt(bounds[0].trim());
        int last = Integer.parseInt(bounds[bounds.length - 1].trim());
        for (int port = first; port <= last; port++) {
            OptionalInt free = bind(address, port);
            if (free.isPresent()) {
                return free.getAsInt();
            }
        }
        throw new IOException("port: %s (expected: a free one on %s)".formatted(ports, address));
    }

    private static OptionalInt bind(String address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return OptionalInt.of(socket.getLocalPort());
        } catch (BindException inUse) {
            return OptionalInt.empty();
        }
    }
}
