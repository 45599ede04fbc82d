/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.auth.capture;

import io.webhookstreams.auth.AuthRequest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that was refused, as it is kept in a file: its version, where and when it was refused
 * and why, the request line and the headers, one a line; after an empty line the body, byte for
 * byte. Immutable but for the body, which nobody changes.
 *
 * @param stream whose verifier refused it
 * @param deliveryId what its sender was told
 * @param cause why, by the name of its {@link io.webhookstreams.auth.Denied.Cause}
 * @param path as sent
 * @param query without credentials; null for none
 * @param lines the headers without credentials, in order
 * @param body as sent, still coded
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Capture(
        String stream,
        String deliveryId,
        String cause,
        Instant receivedAt,
        String method,
        String path,
        String query,
        List<Map.Entry<String, String>> lines,
        byte[] body)
        implements AuthRequest {

    /** Of the form of the file. */
    static final int VERSION = 1;

    private static final String MAGIC = "webhooks-capture ";
    private static final String STREAM = "stream";
    private static final String DELIVERY_ID = "delivery-id";
    private static final String RECEIVED_AT = "received-at";
    private static final String CAUSE = "cause";
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final Pattern TEXT = Pattern.compile("[ -~\\x80-\\xFF\\t]*");
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (/[^ ?]*)(?:\\?([^ ]*))?");
    private static final String FORM =
            " (expected: what a listener has written, version " + VERSION + ")";

    public Capture {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(receivedAt, "receivedAt");
        lines = List.copyOf(lines);
    }

    @Override
    public List<String> headers(String name) {
        return lines.stream()
                .filter(line -> line.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /**
     * A file's bytes.
     *
     * @throws IllegalArgumentException if a line would not come back as it is
     */
    public byte[] toBytes() {
        StringBuilder head = new StringBuilder(512);
        head.append(MAGIC).append(VERSION).append('\n');
        add(head, STREAM, stream);
        add(head, DELIVERY_ID, deliveryId);
        add(head, RECEIVED_AT, receivedAt.toString());
        add(head, CAUSE, cause);
        head.append('\n');
        String target = query == null ? path : path + "?" + query;
        head.append(sound(method + " " + target)).append('\n');
        lines.forEach(line -> add(head, line.getKey(), line.getValue()));
        head.append('\n');
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.toString().getBytes(BYTES));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /**
     * Reads a file's bytes.
     *
     * @throws IllegalArgumentException if they are none of a capture, or of another version; the
     *     message quotes nothing of them
     */
    public static Capture read(byte[] file) {
        Lines in = new Lines(file);
        if (!in.next().equals(MAGIC + VERSION)) {
            throw new IllegalArgumentException("first line: another" + FORM);
        }
        String stream = fact(STREAM, in);
        String deliveryId = fact(DELIVERY_ID, in);
        Instant receivedAt = instant(fact(RECEIVED_AT, in));
        String cause = fact(CAUSE, in);
        Matcher request = in.next().isEmpty() ? REQUEST.matcher(in.next()) : null;
        if (request == null || !request.matches()) {
            throw new IllegalArgumentException("request line: absent" + FORM);
        }
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (String line = in.next(); !line.isEmpty(); line = in.next()) {
            lines.add(header(line));
        }
        return new Capture(
                stream,
                deliveryId,
                cause,
                receivedAt,
                request.group(1),
                request.group(2),
                request.group(3),
                lines,
                in.rest());
    }

    private static void add(StringBuilder head, String name, String value) {
        head.append(sound(name + ": " + value)).append('\n');
    }

    private static String sound(String line) {
        if (!TEXT.matcher(line).matches()) {
            throw new IllegalArgumentException("line: not of one line (expected: ISO 8859-1)");
        }
        return line;
    }

    private static String fact(String name, Lines in) {
        Map.Entry<String, String> line = header(in.next());
        if (!line.getKey().equals(name)) {
            throw new IllegalArgumentException(name + ": absent" + FORM);
        }
        return line.getValue();
    }

    private static Map.Entry<String, String> header(String line) {
        int colon = line.indexOf(": ");
        if (colon <= 0) {
            throw new IllegalArgumentException("header: none" + FORM);
        }
        return Map.entry(line.substring(0, colon), line.substring(colon + 2));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("received-at: no time" + FORM, e);
        }
    }

    /** Takes lines from the front. */
    private static final class Lines {

        private final byte[] bytes;
        private int at;

        Lines(byte[] bytes) {
            this.bytes = bytes;
        }

        String next() {
            for (int end = at; end < bytes.length; end++) {
                if (bytes[end] == '\n') {
                    String line = new String(bytes, at, end - at, BYTES);
                    at = end + 1;
                    return line;
                }
            }
            throw new IllegalArgumentException("end: before the body" + FORM);
        }

        byte[] rest() {
            return Arrays.copyOfRange(bytes, at, bytes.length);
        }
    }
}
