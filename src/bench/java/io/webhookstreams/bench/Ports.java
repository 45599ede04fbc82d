/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;

/** Free ports of this machine. */
final class Ports {

    /** The first of that many neighbours that are all free; below the range of clients' ports. */
    static int neighbours(int count) throws IOException {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int first = 12_000 + (int) (Math.random() * 18_000);
            boolean free = true;
            for (int port = first; port < first + count; port++) {
                free = free && isFree(port);
            }
            if (free) {
                return first;
            }
        }
        throw new IOException("ports: none free");
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private Ports() {}
}
