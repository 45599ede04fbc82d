/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.AccessOptions;
import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.LifecycleOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.ingest.Refusal;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

import javax.annotation.Nullable;

/**
 * One way to be refused: what provokes it, and all that its sender gets. Its code, sentence and
 * whether it says when to come again are the refusal's own.
 */
final class RefusalRow {

    private static final String BODY = "{\"id\":\"evt_1\"}";

    final Refusal refusal;
    private final String cause;
    int status;
    final Map<String, String> furtherHeaders = new TreeMap<>();
    Consumer<Configuration> listener = options -> {};
    Consumer<Configuration> orders = options -> {};
    Consumer<TestServer> before = server -> {};
    String request = aPost().with(BODY);

    /** Sent when the answer is there. */
    String rest = "";

    @Nullable String detail;

    /** Whether it is counted by the stream, and not as a request to none. */
    boolean ofTheStream = true;

    /** Whether the connection is closed with the answer. */
    boolean closes;

    boolean withReader = true;

    private RefusalRow(Refusal refusal, String cause) {
        this.refusal = refusal;
        this.cause = cause;
        this.status = refusal.status();
    }

    /** Each way once; each refusal at least once. */
    static List<RefusalRow> all() {
        return List.of(
                of(Refusal.BAD_REQUEST, "no event id where one is expected")
                        .request(aPost().without("X-Event-Id").with(BODY))
                        .detail("event id: missing (expected: at header:x-event-id)"),
                of(Refusal.BAD_ENCODING, "a body that is no gzip")
                        .request(aPost().header("Content-Encoding", "gzip").with(BODY)),
                of(Refusal.UNAUTHORIZED, "no credential")
                        .request(aPost().without("Authorization").with(BODY))
                        .header("WWW-Authenticate", "Bearer")
                        .closes(),
                of(Refusal.UNAUTHORIZED, "a wrong credential")
                        .request(aPost().header("Authorization", "Bearer nobody").with(BODY))
                        .header("WWW-Authenticate", "Bearer")
                        .closes(),
                of(Refusal.FORBIDDEN, "an address that is not allowed")
                        .orders(o -> o.set(AccessOptions.ALLOWED_ADDRESSES, List.of("192.0.2.1")))
                        .closes(),
                of(Refusal.RATE_LIMITED, "an address whose requests are used up")
                        .orders(o -> onceAnHour(o, 429))
                        .before(RefusalRow::askForConsent)
                        .toldItsRate()
                        .closes(),
                of(Refusal.THROTTLED, "the same where the vendor retries 503")
                        .orders(o -> onceAnHour(o, 503))
                        .before(RefusalRow::askForConsent)
                        .toldItsRate()
                        .closes(),
                of(Refusal.UNKNOWN_STREAM, "another path")
                        .request(aPost().to("POST /in/else").with(BODY))
                        .ofNoStream()
                        .closes(),
                of(Refusal.METHOD_NOT_ALLOWED, "another method")
                        .request(aPost().to("DELETE " + TestServer.ORDERS).with(""))
                        .header("Allow", "POST")
                        .closes(),
                of(Refusal.REVOKED, "a stream that is closed for good")
                        .orders(o -> o.set(LifecycleOptions.STATE, LifecycleOptions.State.REVOKED))
                        .closes(),
                of(Refusal.PAUSED, "a stream that is closed for a while")
                        .orders(o -> o.set(LifecycleOptions.STATE, LifecycleOptions.State.PAUSED))
                        .closes(),
                of(Refusal.SLOW_BODY, "half a body")
                        .orders(o -> o.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(100)))
                        .request(aPost().header("Content-Length", "4").with("ab"))
                        .rest("cd")
                        .closes(),
                of(Refusal.TOO_LARGE, "a declared length above the cap")
                        .orders(o -> o.set(StreamOptions.MAX_BODY, new MemorySize(8)))
                        .closes(),
                of(Refusal.TOO_LARGE, "a body that inflates above the cap")
                        .orders(
                                o ->
                                        o.set(StreamOptions.MAX_BODY, new MemorySize(4_096))
                                                .set(
                                                        StreamOptions.MAX_INFLATED_BODY,
                                                        new MemorySize(4_096)))
                        .request(
                                aPost().header("Content-Encoding", "gzip")
                                        .with(gzip("0".repeat(10_000)))),
                of(Refusal.TOO_LARGE, "a body that inflates too much for its size")
                        .request(
                                aPost().header("Content-Encoding", "gzip")
                                        .with(gzip("0".repeat(1_000_000)))),
                of(Refusal.TOO_MANY_HEADERS, "a hundred and one")
                        .request(manyHeaders(101))
                        .closes(),
                of(Refusal.UNSUPPORTED_ENCODING, "brotli")
                        .request(aPost().header("Content-Encoding", "br").with(BODY))
                        .closes(),
                of(Refusal.UNSUPPORTED_MEDIA_TYPE, "text where JSON is asked for")
                        .orders(
                                o ->
                                        o.set(
                                                StreamOptions.CONTENT_TYPES,
                                                List.of("application/json")))
                        .request(aPost().header("Content-Type", "text/plain").with(BODY))
                        .closes(),
                of(Refusal.QUEUE_FULL, "a full queue where the vendor retries 429")
                        .orders(o -> o.set(StreamOptions.OVERLOAD_STATUS, 429))
                        .before(server -> server.intake.isFull(true)),
                of(Refusal.QUEUE_FULL, "no memory for a body where the vendor retries 429")
                        .orders(o -> o.set(StreamOptions.OVERLOAD_STATUS, 429))
                        .noRoomForItsBody(),
                of(Refusal.RESTARTING, "no source has registered")
                        .withoutReader()
                        .ofNoStream()
                        .closes(),
                of(Refusal.RESTARTING, "no lanes yet")
                        .before(server -> server.intake.becomes(Intake.Status.STARTING)),
                of(Refusal.RESTARTING, "between two attempts").before(TestServer::readerCloses),
                of(Refusal.DRAINING, "the drain switch")
                        .before(server -> server.parts().admission.drain().drain()),
                of(Refusal.NOT_DURABLE_IN_TIME, "the deadline")
                        .orders(o -> o.set(StreamOptions.ANSWER_DEADLINE, Duration.ofMillis(100))),
                of(Refusal.NOT_DURABLE_IN_TIME, "the deadline, with the stream's own status")
                        .orders(
                                o ->
                                        o.set(StreamOptions.ANSWER_DEADLINE, Duration.ofMillis(100))
                                                .set(DeadlineOptions.DEADLINE_STATUS, 500))
                        .status(500),
                of(Refusal.NOT_DURABLE_IN_TIME, "checkpoints that have stopped")
                        .before(server -> server.intake.becomes(Intake.Status.STALLED)),
                of(Refusal.OVERLOADED, "a full queue where the vendor retries 503")
                        .before(server -> server.intake.isFull(true)),
                of(Refusal.OVERLOADED, "no memory for one more held request")
                        .listener(
                                l ->
                                        l.set(
                                                ListenerOptions.HELD_MAX_BYTES,
                                                new MemorySize(8L * Admission.HELD_REQUEST_BYTES)))
                        .before(RefusalRow::takeAllRoom),
                of(Refusal.OVERLOADED, "no memory for a body that is waited for")
                        .noRoomForItsBody());
    }

    private RefusalRow noRoomForItsBody() {
        return listener(l -> l.set(ListenerOptions.UNVERIFIED_MAX_BYTES, MemorySize.parse("64kb")))
                .request(aPost().header("Content-Length", "200000").with("x".repeat(150_000)))
                .rest("x".repeat(50_000))
                .closes();
    }

    private static void onceAnHour(Configuration orders, int overloadStatus) {
        orders.set(AccessOptions.ADDRESS_RATE, "1/h")
                .set(StreamOptions.OVERLOAD_STATUS, overloadStatus)
                .set(StreamOptions.HANDSHAKE_TYPE, "cloudevents");
    }

    /** It uses up what its address has, and is not counted as a delivery. */
    private static void askForConsent(TestServer server) {
        try (RawClient client = new RawClient(server.port())) {
            Post post = aPost().to("OPTIONS " + TestServer.ORDERS);
            client.send(post.header("WebHook-Request-Origin", "example.com").with(""));
            if (RawAnswer.read(client).status() != 200) {
                throw new IllegalStateException("the handshake is not answered");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RefusalRow toldItsRate() {
        return header("RateLimit-Limit", "1")
                .header("RateLimit-Remaining", "0")
                .header("RateLimit-Reset", "3600");
    }

    private static void takeAllRoom(TestServer server) {
        // Given back when the server stops, with all else that it had.
        for (int i = 0; i < 8; i++) {
            server.taken.add(
                    Admission.hold(server.parts().admission.heldShares().share("source/orders")));
        }
    }

    private static RefusalRow of(Refusal refusal, String cause) {
        return new RefusalRow(refusal, cause);
    }

    private RefusalRow listener(Consumer<Configuration> options) {
        listener = options;
        return this;
    }

    private RefusalRow orders(Consumer<Configuration> options) {
        orders = options;
        return this;
    }

    private RefusalRow before(Consumer<TestServer> provocation) {
        before = provocation;
        return this;
    }

    private RefusalRow request(String text) {
        request = text;
        return this;
    }

    private RefusalRow status(int ofTheStream) {
        status = ofTheStream;
        return this;
    }

    private RefusalRow rest(String text) {
        rest = text;
        return this;
    }

    private RefusalRow header(String name, String value) {
        furtherHeaders.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    private RefusalRow detail(String text) {
        detail = text;
        return this;
    }

    private RefusalRow ofNoStream() {
        ofTheStream = false;
        return this;
    }

    private RefusalRow withoutReader() {
        withReader = false;
        return this;
    }

    private RefusalRow closes() {
        closes = true;
        return this;
    }

    private static String manyHeaders(int lines) {
        Post post = aPost();
        // Host, Authorization, X-Event-Id and Content-Length are there.
        for (int i = 4; i < lines; i++) {
            post.header("X-More-" + i, "x");
        }
        return post.with(BODY);
    }

    private static Post aPost() {
        return new Post();
    }

    /** A delivery in its bytes, one character each. */
    private static final class Post {
        private final Map<String, String> headers = new TreeMap<>();
        private String start = "POST " + TestServer.ORDERS;

        Post() {
            headers.put("Host", "x");
            headers.put("Authorization", "Bearer " + TestServer.TOKEN);
            headers.put("X-Event-Id", "evt_1");
        }

        Post to(String methodAndPath) {
            start = methodAndPath;
            return this;
        }

        Post header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Post without(String name) {
            headers.remove(name);
            return this;
        }

        String with(String body) {
            headers.putIfAbsent("Content-Length", Integer.toString(body.length()));
            StringBuilder text = new StringBuilder(start).append(" HTTP/1.1\r\n");
            headers.forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
            return text.append("\r\n").append(body).toString();
        }
    }

    private static String gzip(String text) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return refusal.code() + ": " + cause;
    }
}
