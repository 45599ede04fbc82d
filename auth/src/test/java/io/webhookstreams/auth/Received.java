/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A request that has arrived, as it was sent or as somebody on the way made it. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Received(
        String method,
        String path,
        String query,
        List<Map.Entry<String, String>> lines,
        byte[] body,
        Instant receivedAt)
        implements AuthRequest {

    static Received of(Outgoing sent, Instant receivedAt) {
        return new Received(
                sent.method(),
                sent.path(),
                sent.query(),
                List.copyOf(sent.headers().entrySet()),
                sent.body(),
                receivedAt);
    }

    Received without(String header) {
        return lines(lines.stream().filter(line -> !is(line, header)).toList());
    }

    Received with(String header, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(without(header).lines);
        more.add(Map.entry(header, value));
        return lines(more);
    }

    Received again(String header) {
        List<Map.Entry<String, String>> more = new ArrayList<>(lines);
        more.add(Map.entry(header, headers(header).get(0)));
        return lines(more);
    }

    Received body(byte[] other) {
        return new Received(method, path, query, lines, other, receivedAt);
    }

    Received query(String other) {
        return new Received(method, path, other, lines, body, receivedAt);
    }

    Received path(String other) {
        return new Received(method, other, query, lines, body, receivedAt);
    }

    Received method(String other) {
        return new Received(other, path, query, lines, body, receivedAt);
    }

    Received at(Instant instant) {
        return new Received(method, path, query, lines, body, instant);
    }

    /** The same while its body has not been read. */
    AuthRequest headersOnly() {
        return new Received(method, path, query, lines, null, receivedAt);
    }

    @Override
    public byte[] body() {
        if (body == null) {
            throw new IllegalStateException("body: not read yet");
        }
        return body;
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream().filter(line -> is(line, name)).map(Map.Entry::getValue).toList();
    }

    private Received lines(List<Map.Entry<String, String>> others) {
        return new Received(method, path, query, others, body, receivedAt);
    }

    private static boolean is(Map.Entry<String, String> line, String name) {
        return line.getKey().equalsIgnoreCase(name);
    }
}
