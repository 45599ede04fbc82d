/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends bytes to a port of this machine, hangs up its half and reads what comes until the server
 * hangs up too; judges what has come. A server that neither answers nor hangs up fails it.
 */
public final class Conversation {

    private static final int LONGEST_SILENCE_MILLIS = 20_000;

    /** What docs/senders.md has, and what HTTP itself says between request and answer. */
    private static final Set<Integer> STATUSES =
            Set.of(100, 101, 200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 429, 431, 503);

    /** Of an answer over HTTP/1.1; and of the body that goes with an answer of either kind. */
    private static final Pattern STATUS =
            Pattern.compile("(?m)^HTTP/1\\.[01] (\\d{3})|\"status\":(\\d{3})");

    /** What only the inside of a server knows. */
    private static final Pattern INSIDE =
            Pattern.compile(
                    "Exception|\\tat |(?i:jetty)|org\\.|java\\.|io\\.webhookstreams|Caused by");

    private final int port;

    public Conversation(int port) {
        this.port = port;
    }

    /** Sends and judges; returns the statuses that were answered, none for a mere hang-up. */
    public Set<Integer> hold(byte[] sent) throws IOException {
        String answer = answer(sent);
        AnswerLog.keep(answer);
        Set<Integer> statuses = new TreeSet<>();
        for (Matcher status = STATUS.matcher(answer); status.find(); ) {
            statuses.add(Integer.parseInt(status.group(status.group(1) == null ? 2 : 1)));
        }
        if (!STATUSES.containsAll(statuses)) {
            throw new AssertionError("status: " + statuses + " (expected: of " + STATUSES + ")");
        }
        Matcher inside = INSIDE.matcher(answer);
        if (inside.find()) {
            throw new AssertionError("answer: says '" + inside.group() + "' in " + answer);
        }
        return statuses;
    }

    private String answer(byte[] sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
            send(socket, sent);
            return read(socket);
        }
    }

    /** The server may have hung up already, which is an answer too. */
    private static void send(Socket socket, byte[] bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (SocketException hungUp) {
            // What it has said before is still to be read.
        }
    }

    private static String read(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[1 << 14];
        try {
            for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException reset) {
            // Hung up with bytes unread.
        }
        return answer.toString();
    }
}
