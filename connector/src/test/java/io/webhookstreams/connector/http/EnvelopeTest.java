/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** What of a request reaches the record, and what does not. */
class EnvelopeTest extends ServerTestBase {

    @Test
    void envelope_values_come_from_headers_query_and_body() throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.EVENT_ID, "json:/id")
                                                .set(StreamOptions.EVENT_TYPE, "query:type")
                                                .set(StreamOptions.EVENT_TIME, "json:/at")
                                                .set(StreamOptions.EVENT_TIME_FORMAT, "s")
                                                .set(StreamOptions.ACCOUNT, "header:x-shop")));

        WebhookDelivery delivery =
                accepted(
                        aDelivery()
                                .uri(server().uri(TestServer.ORDERS + "?type=order.paid"))
                                .header("X-Shop", "shop_7")
                                .POST(BodyPublishers.ofString("{\"at\":1700000000,\"id\":42}")));

        assertThat(delivery.eventId()).isEqualTo("42");
        assertThat(delivery.eventType()).isEqualTo("order.paid");
        assertThat(delivery.eventTime()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(delivery.account()).isEqualTo("shop_7");
        assertThat(delivery.query()).isEqualTo("type=order.paid");
    }

    @Test
    void envelope_values_come_from_a_form() throws Exception {
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.EVENT_ID, "form:MessageSid")
                                                .set(StreamOptions.EVENT_TYPE, "form:Empty")
                                                .set(StreamOptions.ACCOUNT, "form:Account Sid")));
        String form = "MessageSid=SM%2B1&Account+Sid=caf%C3%A9+7&Empty=&Twice=a&Twice=b";

        WebhookDelivery delivery = accepted(aForm(form));

        assertThat(delivery.eventId()).isEqualTo("SM+1");
        assertThat(delivery.account()).isEqualTo("caf\u00e9 7");
        assertThat(delivery.eventType()).isNull();
        assertRefused(send(aForm(form + "&MessageSid=SM2")), 400, "bad_request");
        assertRefused(send(aDelivery().POST(BodyPublishers.ofString(form))), 400, "bad_request");
    }

    private HttpRequest.Builder aForm(String fields) {
        return aDelivery()
                .setHeader("Content-Type", "application/X-www-form-urlencoded; charset=utf-8")
                .POST(BodyPublishers.ofString(fields));
    }

    @Test
    void credentials_and_headers_of_the_connection_do_not_reach_the_record() throws Exception {
        start();

        WebhookDelivery delivery =
                accepted(
                        aDelivery()
                                .uri(server().uri(TestServer.ORDERS + "?a=1&access_token=s3cret"))
                                .header("Cookie", "session=s3cret")
                                .header("Proxy-Authorization", "Basic s3cret")
                                .header("X-Kept", "one")
                                .header("X-Kept", "two"));

        assertThat(delivery.headers())
                .containsEntry("x-kept", List.of("one", "two"))
                .doesNotContainKeys(
                        "authorization", "cookie", "proxy-authorization", "content-length");
        assertThat(delivery.query()).isEqualTo("a=1");
        assertThat(delivery.toString()).doesNotContain("s3cret", TestServer.TOKEN);
    }

    @Test
    void a_digest_as_event_id_is_the_bodys_own() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.EVENT_ID, "body-digest")));

        WebhookDelivery delivery = accepted(aDelivery());

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(delivery.body());
        assertThat(delivery.bodyDigest()).isEqualTo(digest);
        assertThat(delivery.eventId()).isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
    }

    /**
     * Content-Encoding is not signed: who leaves it out sends the same bytes, not another event.
     */
    @Test
    void a_digest_is_that_of_the_bytes_received_whatever_content_encoding_says() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.EVENT_ID, "body-digest")));
        byte[] gzip = gzip(EVENT);

        WebhookDelivery delivery =
                accepted(
                        aDelivery()
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip)));
        WebhookDelivery replayed = accepted(aDelivery().POST(BodyPublishers.ofByteArray(gzip)));

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(gzip);
        assertThat(delivery.body()).asString().isEqualTo(EVENT);
        assertThat(delivery.bodyDigest()).isEqualTo(digest);
        assertThat(delivery.eventId()).isEqualTo("sha256:" + HexFormat.of().formatHex(digest));
        assertThat(replayed.eventId()).isEqualTo(delivery.eventId());
        assertThat(replayed.bodyDigest()).isEqualTo(digest);
    }

    /** Who compresses a retry anew, with another time in its gzip header, sends no other event. */
    @Test
    void a_digest_that_is_no_id_is_that_of_the_decoded_body() throws Exception {
        start();

        WebhookDelivery delivery =
                accepted(
                        aDelivery()
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofByteArray(gzip(EVENT))));

        assertThat(delivery.bodyDigest())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(delivery.body()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"header:x-other", "query:other"})
    void a_value_that_is_there_twice_is_refused(String place) throws Exception {
        for (ConfigOption<String> option :
                List.of(
                        StreamOptions.EVENT_ID,
                        StreamOptions.EVENT_TYPE,
                        StreamOptions.ACCOUNT,
                        StreamOptions.ORDERING_KEY)) {
            try (TestServer one = options().orders(s -> s.set(option, place)).start()) {
                HttpResponse<String> answer =
                        send(
                                aRequest(one.uri(TestServer.ORDERS + "?other=1&other=2"))
                                        .header("Authorization", "Bearer " + TestServer.TOKEN)
                                        .header("X-Event-Id", "evt_1")
                                        .header("X-Other", "1")
                                        .header("X-Other", "1")
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(EVENT)));

                assertRefused(answer, 400, "bad_request");
                assertThat(answer.body()).contains(place + ": 2 (expected: at most 1)");
            }
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void a_body_that_is_no_json_is_taken_under_its_digest_and_not_lost() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.EVENT_ID, "json:/id")));

        WebhookDelivery delivery =
                accepted(aDelivery().POST(BodyPublishers.ofString("{\"oops\": ")));

        assertThat(delivery.eventId()).startsWith("sha256:");
    }

    @Test
    void an_event_time_that_cannot_be_read_is_left_out() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.EVENT_TIME, "json:/at")));

        WebhookDelivery delivery =
                accepted(aDelivery().POST(BodyPublishers.ofString("{\"at\":\"yesterday\"}")));

        assertThat(delivery.eventTime()).isNull();
    }

    @Test
    void the_record_says_how_it_came() throws Exception {
        start();

        WebhookDelivery delivery =
                accepted(
                        aDelivery()
                                .setHeader("Content-Type", "Application/JSON; charset=\"UTF-8\"")
                                .header("X-Request-Id", "req-1")
                                .header("Traceparent", "00-ab-cd-01"));

        assertThat(delivery.stream()).isEqualTo("orders");
        assertThat(delivery.deliveryId().version()).isEqualTo(7);
        assertThat(delivery.method()).isEqualTo("POST");
        assertThat(delivery.path()).isEqualTo(TestServer.ORDERS);
        assertThat(delivery.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(delivery.authScheme()).isEqualTo("bearer");
        assertThat(delivery.charset()).isEqualTo("UTF-8");
        assertThat(delivery.correlationId()).isEqualTo("req-1");
        assertThat(delivery.traceparent()).isEqualTo("00-ab-cd-01");
    }

    private WebhookDelivery accepted(HttpRequest.Builder request) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = sendAsync(request);
        WebhookDelivery delivery = server().intake.awaitDelivery();
        server().intake.completeCheckpoint();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        return delivery;
    }
}
