/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.network;

import io.webhookstreams.jobs.prove.vendor.Endpoints;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy that, on command, cuts a connection when the server says yes on it, and does not pass
 * that on: the server has done what was asked, and the client cannot know.
 *
 * <ol>
 *   <li>{@link #to} listens on a free port of the loopback address. Each connection goes to the
 *       next server that takes it.
 *   <li>Bytes go both ways as they come, by a thread each.
 *   <li>{@link #cutOneIn} says how many of the yeses cut their connection, with all that is
 *       underway on it: one request of HTTP/1.1, all streams of HTTP/2.
 *   <li>{@link #close} ends the connections and gives the port back.
 * </ol>
 *
 * Safe from any thread.
 */
public final class CuttingProxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 500;
    private static final int NEVER = 0;

    private final List<InetSocketAddress> servers;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger yeses = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile int oneIn = NEVER;
    private volatile boolean closed;

    private CuttingProxy(List<InetSocketAddress> servers) throws IOException {
        this.servers = List.copyOf(servers);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    /** Before any of these servers, of which some may not be there. */
    public static CuttingProxy to(List<InetSocketAddress> servers) throws IOException {
        CuttingProxy proxy = new CuttingProxy(servers);
        start("proxy-accept", proxy::accept);
        return proxy;
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** That path, by this proxy. */
    public Endpoints endpoints(String path) {
        return new Endpoints(List.of(URI.create("http://127.0.0.1:" + port() + path)));
    }

    /** From now on every n-th yes is cut; 1 is every one. */
    public void cutOneIn(int n) {
        oneIn = n;
    }

    public void cutNone() {
        oneIn = NEVER;
    }

    /** How many yeses no client has heard. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = keep(listener.accept());
                start("proxy-connect", () -> serve(client));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket client) {
        try {
            Socket server = keep(connect());
            Connection connection = new Connection(client, server);
            start("proxy-answers", connection::passAnswers);
            connection.passRequests();
        } catch (IOException nobodyListens) {
            drop(client);
        }
    }

    private Socket connect() throws IOException {
        IOException last = new IOException("servers: none");
        int first = Math.floorMod(turn.getAndIncrement(), servers.size());
        for (int i = 0; i < servers.size(); i++) {
            Socket socket = new Socket();
            try {
                socket.connect(servers.get((first + i) % servers.size()), CONNECT_TIMEOUT_MILLIS);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private boolean cutsThis() {
        int n = oneIn;
        return n != NEVER && yeses.incrementAndGet() % n == 0;
    }

    /** A socket that is accepted or connected while this closes is closed too. */
    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        if (closed) {
            drop(socket);
        }
        return socket;
    }

    private void drop(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        listener.close();
        sockets.forEach(this::drop);
    }

    /** Two sockets. Either end closes both. */
    private final class Connection {

        private final Socket client;
        private final Socket server;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void passRequests() {
            try {
                client.getInputStream().transferTo(server.getOutputStream());
            } catch (IOException ended) {
                // As any end of a connection: the other one learns it.
            } finally {
                end();
            }
        }

        void passAnswers() {
            try {
                InputStream from = new BufferedInputStream(server.getInputStream());
                OutputStream to = client.getOutputStream();
                AnswerPieces pieces = new AnswerPieces(from);
                for (AnswerPieces.Piece p = pieces.next(); !p.isEnd(); p = pieces.next()) {
                    if (p.isYes() && cutsThis()) {
                        // Counted before the client can notice.
                        cuts.incrementAndGet();
                        return;
                    }
                    to.write(p.bytes().array());
                }
            } catch (IOException ended) {
                // As any end of a connection: the other one learns it.
            } finally {
                end();
            }
        }

        private void end() {
            drop(client);
            drop(server);
        }
    }
}
