/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;

import org.eclipse.jetty.client.AsyncRequestContent;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A body is what was signed, to the byte, however it travels: it verifies, and the record holds it
 * as it was before its content coding.
 */
class SignedBytesTest extends ServerTestBase {

    private static final String BODY_SECRET = "of-bodies-and-of-nothing-else";

    /** An escape, UTF-8 and what is none, a zero, and CR LF at the end. */
    private static final byte[] BODY = body();

    /** How a body is cut into pieces on its way. */
    private enum Way {
        LENGTH(false, Integer.MAX_VALUE),
        CHUNKED(false, 7),
        BYTE_BY_BYTE(false, 1),
        GZIP(true, Integer.MAX_VALUE),
        GZIP_BYTE_BY_BYTE(true, 1);

        private final boolean gzip;
        private final int piece;

        Way(boolean gzip, int piece) {
            this.gzip = gzip;
            this.piece = piece;
        }

        private byte[] sent() throws IOException {
            return gzip ? gzipped(BODY) : BODY;
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void over_http_1_it_verifies_however_it_comes(Way way) throws Exception {
        TestServer server = start(signed());
        byte[] sent = way.sent();
        boolean chunked = way == Way.CHUNKED;
        try (RawClient client = new RawClient(server.port())) {
            client.send(
                    "POST %s HTTP/1.1\r\nHost: x\r\nX-GitHub-Delivery: evt_1\r\n%s%s%s\r\n"
                            .formatted(
                                    TestServer.ORDERS,
                                    "X-Hub-Signature-256: " + signature(sent) + "\r\n",
                                    way.gzip ? "Content-Encoding: gzip\r\n" : "",
                                    chunked
                                            ? "Transfer-Encoding: chunked\r\n"
                                            : "Content-Length: " + sent.length + "\r\n"));
            for (byte[] piece : pieces(sent, way.piece)) {
                if (chunked) {
                    client.send(Integer.toHexString(piece.length) + "\r\n");
                }
                client.send(piece);
                if (chunked) {
                    client.send("\r\n");
                }
            }
            if (chunked) {
                client.send("0\r\n\r\n");
            }

            assertThat(RawAnswer.read(client).status()).isEqualTo(200);
        }
        assertRecorded(server.intake.awaitDelivery());
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void over_http_2_it_verifies_however_it_comes(Way way) throws Exception {
        TestServer server = start(signed());
        byte[] sent = way.sent();
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            AsyncRequestContent content = new AsyncRequestContent();
            Request request =
                    sender.aRequest("POST", "")
                            .headers(
                                    headers -> {
                                        headers.put("X-GitHub-Delivery", "evt_1");
                                        headers.put("X-Hub-Signature-256", signature(sent));
                                        if (way.gzip) {
                                            headers.put("Content-Encoding", "gzip");
                                        }
                                    })
                            .body(content);
            var answer = sender.send(request);
            for (byte[] piece : pieces(sent, way.piece)) {
                content.write(ByteBuffer.wrap(piece), Callback.NOOP);
                content.flush();
            }
            content.close();

            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        }
        assertRecorded(server.intake.awaitDelivery());
    }

    @Test
    void the_inflated_body_is_not_what_was_signed() throws Exception {
        TestServer server = start(signed());

        try (RawClient client = new RawClient(server.port())) {
            byte[] sent = gzipped(BODY);
            client.send(
                            "POST %s HTTP/1.1\r\nHost: x\r\nX-GitHub-Delivery: evt_1\r\n"
                                            .formatted(TestServer.ORDERS)
                                    + "X-Hub-Signature-256: "
                                    + signature(BODY)
                                    + "\r\nContent-Encoding: gzip\r\nContent-Length: "
                                    + sent.length
                                    + "\r\n\r\n")
                    .send(sent);

            assertThat(RawAnswer.read(client).status()).isEqualTo(401);
        }
    }

    private static void assertRecorded(WebhookDelivery delivery) {
        assertThat(delivery.body()).isEqualTo(BODY);
        assertThat(delivery.eventId()).isEqualTo("evt_1");
        assertThat(delivery.authScheme()).isEqualTo("github");
    }

    private TestServer.Options signed() throws IOException {
        String key = "file:" + Files.writeString(folder.resolve("key"), BODY_SECRET);
        return options()
                .orders(
                        stream ->
                                stream.set(StreamOptions.AUTH_TYPE, "github")
                                        .set(StreamOptions.TIER, Tier.ACCEPT)
                                        .set(StreamOptions.EVENT_ID, "header:x-github-delivery")
                                        .set(StreamOptions.AUTH_SECRETS, List.of(key)));
    }

    private static List<byte[]> pieces(byte[] bytes, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = at + Math.min(size, bytes.length - at);
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private static byte[] body() {
        byte[] text =
                "{\"id\":\"evt_1\",\"name\":\"caf\\u00e9 \u00e9\"}  \r\n"
                        .getBytes(StandardCharsets.UTF_8);
        text[text.length - 4] = (byte) 0xff;
        text[text.length - 3] = 0;
        return text;
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String signature(byte[] sent) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(BODY_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(sent));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
