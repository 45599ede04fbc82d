/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Requests over HTTP/1.1 as hostile clients write them: each part is mostly sound, so that the next
 * one is reached, and otherwise wrong in a way that has broken some server.
 */
public final class Http1 {

    private static final int MOST_PIPELINED = 3;

    private static final List<String> METHODS =
            List.of(
                    "GET",
                    "PUT",
                    "PATCH",
                    "DELETE",
                    "OPTIONS",
                    "TRACE",
                    "CONNECT",
                    "HEAD",
                    "PRI",
                    "post",
                    "P\u0000ST",
                    "",
                    "POST ",
                    "X".repeat(9_000));

    private static final List<String> TARGETS =
            List.of(
                    "/",
                    "*",
                    "",
                    "/in/nowhere",
                    "http://other/in/events",
                    "//in/events",
                    "/in//events",
                    "/in/./events",
                    "/in/../in/events",
                    "/in%2fevents",
                    "/in/events;a=b",
                    "/in/events?a=%zz&%00",
                    "/in/events#f",
                    "/%00",
                    "/%ff",
                    "/\u00e9",
                    "/in/events/",
                    "/" + "a".repeat(20_000),
                    "other:80",
                    "/\\..\\",
                    "/in/events?" + "q".repeat(9_000));

    private static final List<String> VERSIONS =
            List.of(
                    "HTTP/1.0",
                    "HTTP/0.9",
                    "HTTP/2.0",
                    "HTTP/9.9",
                    "HTTP/1.",
                    "http/1.1",
                    "HTTP/1.1 ",
                    "");

    private static final List<String> CODINGS =
            List.of(
                    "gzip",
                    "gzip",
                    "deflate",
                    "br",
                    "gzip, gzip",
                    "identity",
                    "GZIP",
                    "\u0000",
                    "");

    private static final List<String> HEADERS =
            List.of(
                    "Host: other",
                    "Host:",
                    "Expect: 100-continue",
                    "Expect: the-worst",
                    "Connection: close",
                    "Connection: keep-alive, authorization",
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk",
                    "Upgrade: websocket\r\nConnection: upgrade",
                    "Name with blank: x",
                    ": x",
                    "no-colon",
                    " folded",
                    "\tfolded",
                    "A: \u0000",
                    "A\u0000: x",
                    "A: \u00ff\u00fe",
                    "Content-Type: " + "x".repeat(5_000),
                    "Content-Type: application/json; charset=\"",
                    "Content-Type: ;;;",
                    "Trailer: Authorization",
                    "Date: never",
                    "Cookie: a=b; ;=",
                    "X-Long: " + "y".repeat(20_000),
                    "A: b\rC: d",
                    "A: b\nC: d",
                    "TE: trailers",
                    "Traceparent: 00-zz-zz-zz",
                    "Forwarded: for=\"[",
                    "Authorization: Bearer",
                    "Authorization: Basic Og==",
                    "Authorization: Bearer " + "z".repeat(9_000));

    private final String path;
    private final String token;

    /**
     * Of requests to one stream.
     *
     * @param path the stream's
     * @param token what is presented by those that are authenticated, about half of them
     */
    public Http1(String path, String token) {
        this.path = path;
        this.token = token;
    }

    /** One to three requests in a row, the last one asking to close. */
    public byte[] requests(SplittableRandom random) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int left = 1 + random.nextInt(MOST_PIPELINED); left > 0; left--) {
            all.writeBytes(request(random, left == 1));
        }
        byte[] bytes = all.toByteArray();
        return random.nextInt(4) == 0 ? Damage.of(bytes, random) : bytes;
    }

    private byte[] request(SplittableRandom random, boolean last) {
        String coding = random.nextInt(4) == 0 ? any(CODINGS, random) : "";
        byte[] body = Bodies.coded(Bodies.any(random), coding, random);
        StringBuilder head = new StringBuilder(line(random)).append("\r\nHost: x\r\n");
        if (random.nextBoolean()) {
            head.append("Authorization: Bearer ").append(token).append("\r\n");
        }
        if (!coding.isEmpty()) {
            head.append("Content-Encoding: ").append(coding).append("\r\n");
        }
        for (int more = random.nextInt(3); more > 0; more--) {
            head.append(random.nextInt(3) > 0 ? "X-A: b" : any(HEADERS, random)).append("\r\n");
        }
        if (random.nextInt(40) == 0) {
            head.append("X-Many: x\r\n".repeat(1_000));
        }
        if (last) {
            head.append("Connection: close\r\n");
        }
        return framed(head, body, random);
    }

    private String line(SplittableRandom random) {
        String method = random.nextInt(6) == 0 ? any(METHODS, random) : "POST";
        String target = random.nextInt(6) == 0 ? any(TARGETS, random) : path;
        String version = random.nextInt(12) == 0 ? any(VERSIONS, random) : "HTTP/1.1";
        return method + " " + target + " " + version;
    }

    /** By its length, in chunks, by both, or by something that two servers read differently. */
    private static byte[] framed(StringBuilder head, byte[] body, SplittableRandom random) {
        int length = body.length;
        String framing =
                switch (random.nextInt(16)) {
                    case 0, 1, 2 -> "Transfer-Encoding: chunked";
                    case 3 -> "Transfer-Encoding: chunked\r\nContent-Length: " + length;
                    case 4 -> "Content-Length: " + length + "\r\nTransfer-Encoding: chunked";
                    case 5 -> "Transfer-Encoding: x, chunked";
                    case 6 -> "Transfer-Encoding : chunked";
                    case 7 -> "Transfer-Encoding: \u000bchunked";
                    case 8 -> "Content-Length: " + (length + random.nextInt(1_000));
                    case 9 -> "Content-Length: " + random.nextInt(length + 1);
                    case 10 -> "Content-Length: " + Damage.of("" + length, random);
                    case 11 -> "Content-Length: " + length + ", " + length;
                    case 12 -> "Content-Length: 0" + length + "\r\nContent-Length: " + length;
                    default -> "Content-Length: " + length;
                };
        boolean inChunks = framing.startsWith("Transfer-Encoding") || framing.endsWith("chunked");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(latin(head.append(framing).append("\r\n\r\n").toString()));
        out.writeBytes(inChunks ? chunked(body, random) : body);
        return out.toByteArray();
    }

    private static byte[] chunked(byte[] body, SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < body.length; ) {
            int size = Math.min(body.length - at, 1 + random.nextInt(4_000));
            out.writeBytes(latin(Integer.toHexString(size) + extension(random) + "\r\n"));
            out.write(body, at, size);
            out.writeBytes(latin("\r\n"));
            at += size;
        }
        return out.toByteArray().length == 0 || random.nextInt(8) > 0
                ? ended(out, random)
                : Damage.of(out.toByteArray(), random);
    }

    private static byte[] ended(ByteArrayOutputStream out, SplittableRandom random) {
        String end =
                switch (random.nextInt(8)) {
                    case 0 -> "0\r\nX-Trailer: a\r\n\r\n";
                    case 1 -> "0\r\n" + "A: b\r\n".repeat(4_000) + "\r\n";
                    case 2 -> "fffffffffffffffff\r\n";
                    case 3 -> "-1\r\n\r\n";
                    default -> "0\r\n\r\n";
                };
        out.writeBytes(latin(end));
        return out.toByteArray();
    }

    private static String extension(SplittableRandom random) {
        return random.nextInt(10) == 0 ? ";" + "e=\"v\"".repeat(random.nextInt(2_000)) : "";
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String any(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
