/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ingest.Refusal;
import io.webhookstreams.fuzz.AnswerLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every refusal, provoked in every way of {@link RefusalRow}: all that is said. */
class RefusalTableTest extends ServerTestBase {

    /** As docs/senders.md says. */
    private static final int MOST_RETRY_SECONDS = 60;

    private static final Path PAGE = Path.of("../docs/senders.md");
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\| ([0-9, ]+)(?: \\([^|]+\\))? \\| (`[^|]+) \\|.*");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");
    private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    static List<RefusalRow> rows() {
        return RefusalRow.all();
    }

    @ParameterizedTest
    @EnumSource(Refusal.class)
    void every_refusal_has_a_row(Refusal refusal) {
        assertThat(rows())
                .as("RefusalRow.all(): a row that provokes %s", refusal)
                .anyMatch(row -> row.refusal == refusal);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_refusal_has_its_status_headers_body_metric_and_connection(RefusalRow row)
            throws Exception {
        TestServer.Options options = options().listener(row.listener).orders(row.orders);
        TestServer server = row.withReader ? start(options) : startWithoutReader(options);
        row.before.accept(server);
        try (RawClient client = new RawClient(server.port())) {
            RawAnswer answer = refused(client, row);

            assertThat(answer.status()).isEqualTo(row.status);
            assertHeaders(row, answer.headers(), row.closes);
            assertThat(answer.body()).matches(expectedBody(row));
            assertCounted(row, server);
            assertConnection(row, client, answer);
        }
        server.giveBack();
    }

    /** Nothing is closed but the stream: the next request is refused on the same connection. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void over_http2_it_has_the_same_and_its_connection_stays(RefusalRow row) throws Exception {
        TestServer.Options options = options().listener(row.listener).orders(row.orders);
        TestServer server = row.withReader ? start(options) : startWithoutReader(options);
        row.before.accept(server);
        try (Http2Sender sender = new Http2Sender(server.uri(TestServer.ORDERS))) {
            Http2Answer first = refused(sender, row);
            assertCounted(row, server);
            Http2Answer second = refused(sender, row);

            assertThat(second.connection()).isSameAs(first.connection());
            assertThat(second.body()).isNotEqualTo(first.body());
        }
        server.giveBack();
    }

    private static Http2Answer refused(Http2Sender sender, RefusalRow row) throws Exception {
        Http2Answer answer = sender.exchange(row.request, row.rest);
        AnswerLog.keep(answer.toString());
        assertThat(answer.status()).isEqualTo(row.status);
        assertHeaders(row, answer.headers(), false);
        assertThat(answer.body()).matches(expectedBody(row));
        return answer;
    }

    @Test
    void the_page_for_senders_has_every_refusal_with_its_status_and_no_other() throws Exception {
        Set<String> documented = new TreeSet<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = DOCUMENTED.matcher(line);
            if (row.matches()) {
                QUOTED.matcher(row.group(2))
                        .results()
                        .forEach(code -> documented.add(code.group(1) + " " + row.group(1)));
            }
        }

        Set<String> missing = new TreeSet<>();
        for (Refusal refusal : Refusal.values()) {
            String pattern = refusal.code() + " (.*, )?" + refusal.status() + "(,.*)?";
            if (!documented.removeIf(line -> line.matches(pattern))) {
                missing.add(refusal.code() + " " + refusal.status());
            }
        }

        assertThat(missing).as("refusals that docs/senders.md does not have").isEmpty();
        assertThat(documented).as("codes of docs/senders.md that nobody says").isEmpty();
    }

    private static RawAnswer refused(RawClient client, RefusalRow row) throws IOException {
        RawAnswer answer = RawAnswer.read(client.send(row.request));
        AnswerLog.keep(answer.toString());
        client.send(row.rest);
        return answer;
    }

    private static void assertHeaders(RefusalRow row, Map<String, String> headers, boolean closes) {
        List<String> names =
                new ArrayList<>(
                        List.of(
                                "content-type",
                                "x-content-type-options",
                                "content-length",
                                "date"));
        names.addAll(row.furtherHeaders.keySet());
        assertThat(headers)
                .containsEntry("content-type", "application/problem+json")
                .containsEntry("x-content-type-options", "nosniff");
        row.furtherHeaders.forEach(
                (name, value) -> assertThat(headers.get(name)).as(name).contains(value));
        if (row.refusal.isRetryable()) {
            names.add("retry-after");
            assertThat(Integer.parseInt(headers.get("retry-after")))
                    .isBetween(1, MOST_RETRY_SECONDS);
        }
        if (closes) {
            names.add("connection");
            assertThat(headers).containsEntry("connection", "close");
        }
        assertThat(headers).containsOnlyKeys(names);
    }

    private static Pattern expectedBody(RefusalRow row) {
        String detail =
                row.detail == null ? "" : "\"detail\":\"" + Pattern.quote(row.detail) + "\",";
        return Pattern.compile(
                "\\{\"title\":\""
                        + Pattern.quote(row.refusal.sentence())
                        + "\",\"status\":"
                        + row.status
                        + ",\"code\":\""
                        + row.refusal.code()
                        + "\","
                        + detail
                        + "\"delivery_id\":\""
                        + ID
                        + "\"}");
    }

    /** Once, and nothing else is. */
    private static void assertCounted(RefusalRow row, TestServer server) throws Exception {
        if (!row.ofTheStream) {
            await(() -> server.parts().metrics.unroutedSoFar() == 1);
            return;
        }
        await(() -> answered(server, row.refusal.code()) == 1);
        long all = answered(server, "ok");
        for (String code : Refusal.codes()) {
            all += answered(server, code);
        }
        assertThat(all).as("answers counted").isEqualTo(1);
        assertThat(server.parts().metrics.unroutedSoFar()).isZero();
    }

    private static long answered(TestServer server, String code) {
        return server.metrics
                .getCounter("stream", "orders", "code", code, "answered")
                .orElseThrow()
                .getCount();
    }

    /** It ends, or the same request is refused once more on it. */
    private static void assertConnection(RefusalRow row, RawClient client, RawAnswer first)
            throws IOException {
        if (row.closes) {
            assertThat(client.readAll()).as("after the answer").isEmpty();
        } else {
            RawAnswer second = refused(client, row);
            assertThat(second.status()).isEqualTo(first.status());
            assertThat(second.body()).matches(expectedBody(row)).isNotEqualTo(first.body());
        }
    }
}
