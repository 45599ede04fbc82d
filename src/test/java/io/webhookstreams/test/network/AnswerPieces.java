/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.network;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes what an HTTP server sends apart, so far that a yes (2xx) begins a piece: HTTP/1.1 head by
 * head, HTTP/2 frame by frame. Knows as much as Jetty and a client without pipelining need: an
 * HTTP/1.1 answer begins with what one read returns, and the status of an HTTP/2 answer is the
 * first header, by its number in the static table. Used from one thread.
 */
final class AnswerPieces {

    private static final int BUFFER = 16 * 1024;
    private static final int FRAME_HEADER = 9;
    private static final int HEADERS = 1;
    private static final byte INDEXED_200 = (byte) 0x88;
    private static final byte INDEXED_204 = (byte) 0x89;
    private static final String YES = "HTTP/1.1 2";
    private static final String SWITCHING = "HTTP/1.1 101";
    private static final String HTTP_1 = "HTTP/1.1 ";
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** Bytes to pass on as they are; none at the end. */
    record Piece(ByteBuffer bytes, boolean isYes) {

        Piece(byte[] bytes, boolean isYes) {
            this(ByteBuffer.wrap(bytes), isYes);
        }

        boolean isEnd() {
            return !bytes.hasRemaining();
        }
    }

    private enum Protocol {
        UNKNOWN,
        HTTP_1,
        HTTP_2
    }

    private final InputStream from;
    private Protocol protocol = Protocol.UNKNOWN;

    /** Over a stream that supports marks. */
    AnswerPieces(InputStream from) {
        this.from = from;
    }

    /** Waits for the next piece. The last one is empty. */
    Piece next() throws IOException {
        if (protocol == Protocol.UNKNOWN) {
            protocol = recognize();
        }
        return switch (protocol) {
            case UNKNOWN -> new Piece(new byte[0], false);
            case HTTP_1 -> read();
            case HTTP_2 -> frame();
        };
    }

    /** What begins with prior knowledge begins with a frame. */
    private Protocol recognize() throws IOException {
        from.mark(1);
        int first = from.read();
        if (first < 0) {
            return Protocol.UNKNOWN;
        }
        from.reset();
        return first == HTTP_1.charAt(0) ? Protocol.HTTP_1 : Protocol.HTTP_2;
    }

    private Piece read() throws IOException {
        if (begins(SWITCHING)) {
            protocol = Protocol.HTTP_2;
            return new Piece(head(), false);
        }
        byte[] buffer = new byte[BUFFER];
        int length = Math.max(0, from.read(buffer));
        byte[] bytes = Arrays.copyOf(buffer, length);
        return new Piece(bytes, text(bytes).startsWith(YES));
    }

    private boolean begins(String text) throws IOException {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        from.mark(expected.length);
        byte[] start = new byte[expected.length];
        int length = Math.max(0, from.read(start));
        from.reset();
        return length == expected.length && Arrays.equals(start, expected);
    }

    private byte[] head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!text(head.toByteArray()).endsWith(END_OF_HEAD)) {
            head.write(readByte());
        }
        return head.toByteArray();
    }

    private int readByte() throws IOException {
        int next = from.read();
        if (next < 0) {
            throw new EOFException("head: ended");
        }
        return next;
    }

    private Piece frame() throws IOException {
        byte[] header = from.readNBytes(FRAME_HEADER);
        if (header.length < FRAME_HEADER) {
            return new Piece(header, false);
        }
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        byte[] frame = Arrays.copyOf(header, FRAME_HEADER + length);
        if (from.readNBytes(frame, FRAME_HEADER, length) < length) {
            throw new EOFException("frame: ended");
        }
        return new Piece(frame, header[3] == HEADERS && isYes(frame));
    }

    private static boolean isYes(byte[] headers) {
        int at = afterTableSize(headers);
        return at < headers.length && (headers[at] == INDEXED_200 || headers[at] == INDEXED_204);
    }

    /** The first headers of a connection may begin with a new size of the dynamic table. */
    private static int afterTableSize(byte[] headers) {
        int at = FRAME_HEADER;
        if (at < headers.length && (headers[at] & 0xe0) == 0x20) {
            boolean more = (headers[at] & 0x1f) == 0x1f;
            at++;
            while (more && at < headers.length) {
                more = headers[at] < 0;
                at++;
            }
        }
        return at;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
