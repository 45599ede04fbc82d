/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is told to. */
final class RawClient implements AutoCloseable {

    private final Socket socket;

    RawClient(int port) throws IOException {
        this(port, InetAddress.getLoopbackAddress());
    }

    /** From an address of this machine to the same one, or to another of its kind. */
    RawClient(int port, InetAddress from) throws IOException {
        this(
                new Socket(
                        from instanceof Inet4Address ? InetAddress.getLoopbackAddress() : from,
                        port,
                        from,
                        0));
    }

    /** Over a connection that is there, of TLS for instance. */
    RawClient(Socket connected) throws IOException {
        socket = connected;
        socket.setSoTimeout(15_000);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** So many characters, or fewer if the server closes before. */
    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Goes away without a word. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
