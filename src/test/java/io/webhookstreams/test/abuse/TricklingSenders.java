/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.abuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections whose clients have begun a request and go on with it byte by byte. One thread; none
 * of its calls waits for the server.
 */
final class TricklingSenders implements AutoCloseable {

    private static final ByteBuffer ONE_BYTE = ByteBuffer.wrap(new byte[] {'x'});

    private final List<SocketChannel> channels = new ArrayList<>();
    private final InetSocketAddress server;
    private int ended;

    TricklingSenders(int port) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Opens so many more, each of which begins with this text. */
    void open(int connections, String beginning) throws IOException {
        byte[] bytes = beginning.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(server);
            channels.add(channel);
            channel.write(ByteBuffer.wrap(bytes));
            channel.configureBlocking(false);
        }
    }

    /** Sends one more byte on each that the server has not ended. */
    void trickle() {
        for (SocketChannel channel : channels) {
            try {
                if (channel.isOpen() && channel.write(ONE_BYTE.duplicate()) < 0) {
                    end(channel);
                }
            } catch (IOException hungUp) {
                end(channel);
            }
        }
    }

    /** How many the server has answered or hung up on. */
    int ended() {
        ByteBuffer answer = ByteBuffer.allocate(1);
        for (SocketChannel channel : channels) {
            try {
                if (channel.isOpen() && channel.read(answer.clear()) != 0) {
                    end(channel);
                }
            } catch (IOException reset) {
                end(channel);
            }
        }
        return ended;
    }

    private void end(SocketChannel channel) {
        ended++;
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to close.
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
