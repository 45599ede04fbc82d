/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Connections whose clients have begun a request, do not go on with it and wait. */
final class OpenConnections implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int STATUS_FROM = "HTTP/1.1 ".length();
    private static final int STATUS_TO = STATUS_FROM + 3;

    private final List<Socket> sockets = new ArrayList<>();
    private final int port;

    OpenConnections(int port) {
        this.port = port;
    }

    /** Opens one more and sends these bytes, or as many as the server takes. */
    void send(byte[] bytes) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            socket.getOutputStream().write(bytes);
        } catch (SocketException hungUp) {
            // It was answered, or cut, while it was sending.
        }
    }

    /** Waits until each has been answered or cut; the statuses. */
    Set<Integer> awaitAnswers() throws IOException {
        Set<Integer> statuses = new TreeSet<>();
        for (Socket socket : sockets) {
            String answer = read(socket.getInputStream());
            if (answer.length() >= STATUS_TO) {
                statuses.add(Integer.parseInt(answer.substring(STATUS_FROM, STATUS_TO)));
            }
        }
        return statuses;
    }

    private static String read(InputStream in) throws IOException {
        try {
            return new String(in.readNBytes(STATUS_TO), StandardCharsets.US_ASCII);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
