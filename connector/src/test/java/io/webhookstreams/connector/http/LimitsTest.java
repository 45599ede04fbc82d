/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.LimitOptions;
import io.webhookstreams.connector.ListenerOptions;
import io.webhookstreams.connector.SourceOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.admission.Admission;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Each limit of docs/limits.md: at it a request passes, beyond it the page's answer comes. */
class LimitsTest extends ServerTestBase {

    private static final Path PAGE = Path.of("../docs/limits.md");
    private static final Pattern ROW =
            Pattern.compile("\\| `([a-z0-9.-]+)` \\| ([^|]+) \\| [^|]+ \\| ([^|]+) \\|");
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

    /** Goes beyond one limit and says what came of it, as the page does. */
    private interface Beyond {
        String answer(LimitsTest test) throws Exception;
    }

    private record Limit(ConfigOption<?> option, Beyond beyond) {}

    private static final List<Limit> LIMITS =
            List.of(
                    new Limit(StreamOptions.MAX_BODY, LimitsTest::maxBody),
                    new Limit(StreamOptions.MAX_INFLATED_BODY, LimitsTest::maxInflatedBody),
                    new Limit(LimitOptions.MAX_INFLATE_RATIO, LimitsTest::maxInflateRatio),
                    new Limit(StreamOptions.BODY_TIMEOUT, LimitsTest::bodyTimeout),
                    new Limit(LimitOptions.MAX_HEADERS, LimitsTest::maxHeaders),
                    new Limit(ListenerOptions.MAX_HEADER_BYTES, LimitsTest::maxHeaderBytes),
                    new Limit(LimitOptions.MAX_JSON_DEPTH, LimitsTest::maxJsonDepth),
                    new Limit(StreamOptions.ANSWER_DEADLINE, LimitsTest::answerDeadline),
                    new Limit(ListenerOptions.IDLE_TIMEOUT, LimitsTest::idleTimeout),
                    new Limit(ListenerOptions.UNVERIFIED_MAX_BYTES, LimitsTest::unverified),
                    new Limit(ListenerOptions.HELD_MAX_BYTES, LimitsTest::held),
                    new Limit(SourceOptions.QUEUE_MAX_BYTES, LimitsTest::queue));

    static List<Arguments> limits() {
        return LIMITS.stream().map(limit -> Arguments.of(limit.option().key(), limit)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("limits")
    void beyond_a_limit_comes_what_the_page_says(String option, Limit limit) throws Exception {
        String[] documented = page().get(option);
        assertThat(documented).as("docs/limits.md: a row for %s", option).isNotNull();
        if (limit.option().hasDefaultValue()) {
            assertThat(documented[0]).isEqualTo("`" + text(limit.option().defaultValue()) + "`");
        }

        assertThat(documented[1]).startsWith(limit.beyond().answer(this));
    }

    @Test
    void the_page_has_no_limit_that_is_not_tried() throws Exception {
        assertThat(page().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        LIMITS.stream().map(limit -> limit.option().key()).toList());
    }

    @Test
    void a_request_line_that_is_too_long_is_414() throws Exception {
        start();

        try (RawClient client = new RawClient(server().port())) {
            client.send("POST /in/orders?" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            RawAnswer answer = RawAnswer.read(client);
            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.body()).contains("\"code\":\"too_large\"");
        }
    }

    @Test
    void a_body_of_blanks_may_inflate_to_64_kb_whatever_the_ratio() throws Exception {
        start(options().orders(o -> o.set(LimitOptions.MAX_INFLATE_RATIO, 1)));

        assertThat(accepted(gzipped(" ".repeat(64 * 1024))).body()).hasSize(64 * 1024);
        assertThat(answerTo(gzipped(" ".repeat(64 * 1024 + 1)))).isEqualTo("413 `too_large`");
    }

    private String maxBody() throws Exception {
        start(options().orders(o -> o.set(StreamOptions.MAX_BODY, new MemorySize(8))));
        accepted(aDelivery().POST(BodyPublishers.ofString("12345678")));
        return answerTo(aDelivery().POST(BodyPublishers.ofString("123456789")));
    }

    private String maxInflatedBody() throws Exception {
        MemorySize most = new MemorySize(1_000);
        start(options().orders(o -> o.set(StreamOptions.MAX_INFLATED_BODY, most)));
        accepted(gzipped("x".repeat(1_000)));
        return answerTo(gzipped("x".repeat(1_001)));
    }

    private String maxInflateRatio() throws Exception {
        start();
        accepted(gzipped("x".repeat(64 * 1024)));
        return answerTo(gzipped("x".repeat(200_000)));
    }

    private String bodyTimeout() throws Exception {
        start(options().orders(o -> o.set(StreamOptions.BODY_TIMEOUT, Duration.ofMillis(100))));
        return answerToHalfABody(10, "12345");
    }

    private String maxHeaders() throws Exception {
        start(options().orders(o -> o.set(LimitOptions.MAX_HEADERS, 10)));
        // Besides these the client sends Content-Length, Host and User-Agent, and may upgrade.
        return answerTo(withMoreHeaders(10));
    }

    private String maxHeaderBytes() throws Exception {
        start();
        accepted(aDelivery().header("X-Long", "x".repeat(15_000)));
        return answerTo(aDelivery().header("X-Long", "x".repeat(17_000)));
    }

    private String maxJsonDepth() throws Exception {
        start(
                options()
                        .orders(
                                o ->
                                        o.set(StreamOptions.EVENT_ID, "json:/id")
                                                .set(LimitOptions.MAX_JSON_DEPTH, 5)));
        assertThat(accepted(aDelivery().POST(BodyPublishers.ofString(nested(5)))).eventId())
                .isEqualTo("evt_1");
        assertThat(accepted(aDelivery().POST(BodyPublishers.ofString(nested(6)))).eventId())
                .startsWith("sha256:");
        return "200";
    }

    private String answerDeadline() throws Exception {
        start(options().orders(o -> o.set(StreamOptions.ANSWER_DEADLINE, Duration.ofMillis(100))));
        return answerTo(aDelivery());
    }

    private String idleTimeout() throws Exception {
        start(options().listener(l -> l.set(ListenerOptions.IDLE_TIMEOUT, Duration.ofMillis(200))));
        try (RawClient client = new RawClient(server().port())) {
            assertThat(client.readAll()).isEmpty();
        }
        return "no answer: the connection is closed";
    }

    private String unverified() throws Exception {
        MemorySize little = MemorySize.parse("64kb");
        start(options().listener(l -> l.set(ListenerOptions.UNVERIFIED_MAX_BYTES, little)));
        return answerToHalfABody(200_000, "x".repeat(100_000));
    }

    private String held() throws Exception {
        MemorySize room = new MemorySize(8L * Admission.HELD_REQUEST_BYTES);
        start(options().listener(l -> l.set(ListenerOptions.HELD_MAX_BYTES, room)));
        for (int i = 0; i < 8; i++) {
            CompletableFuture<HttpResponse<String>> unused = sendAsync(aDelivery());
            server().intake.awaitDelivery();
        }
        return answerTo(aDelivery());
    }

    private String queue() throws Exception {
        start().intake.isFull(true);
        return answerTo(aDelivery());
    }

    private WebhookDelivery accepted(HttpRequest.Builder request) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = sendAsync(request);
        WebhookDelivery delivery = server().intake.awaitDelivery();
        server().intake.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        return delivery;
    }

    private String answerTo(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = send(request);
        return said(response.statusCode(), response.body());
    }

    private String answerToHalfABody(int declared, String half) throws Exception {
        try (RawClient client = new RawClient(server().port())) {
            client.send(
                    "POST /in/orders HTTP/1.1\r\nHost: x\r\nX-Event-Id: 1\r\nAuthorization: Bearer "
                            + TestServer.TOKEN
                            + "\r\nContent-Length: "
                            + declared
                            + "\r\n\r\n"
                            + half);
            RawAnswer answer = RawAnswer.read(client);
            return said(answer.status(), answer.body());
        }
    }

    private static String said(int status, String body) {
        Matcher code = CODE.matcher(body);
        assertThat(code.find()).as(body).isTrue();
        return status + " `" + code.group(1) + "`";
    }

    private HttpRequest.Builder withMoreHeaders(int lines) {
        HttpRequest.Builder request = aDelivery();
        for (int i = 0; i < lines; i++) {
            request.header("X-More-" + i, "x");
        }
        return request;
    }

    private HttpRequest.Builder gzipped(String text) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return aDelivery()
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()));
    }

    /** So many levels, the object itself included, and the id behind them. */
    private static String nested(int levels) {
        return "{\"a\":%s%s,\"id\":\"evt_1\"}"
                .formatted("[".repeat(levels - 1), "]".repeat(levels - 1));
    }

    /** Default and answer by option. */
    private static Map<String, String[]> page() throws IOException {
        Map<String, String[]> rows = new HashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), new String[] {row.group(2), row.group(3)});
            }
        }
        return rows;
    }

    private static String text(Object value) {
        return value instanceof Duration duration
                ? TimeUtils.formatWithHighestUnit(duration)
                : String.valueOf(value);
    }
}
