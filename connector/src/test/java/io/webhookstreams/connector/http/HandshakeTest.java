/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;
import org.eclipse.jetty.client.ContentResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What vendors ask before the first event, over the wire: answered at once, and never an event. */
class HandshakeTest extends ServerTestBase {

    private static final String VERIFY_TOKEN = "tell-it-to-meta-only";
    private static final String SLACK =
            "{\"token\":\"t\",\"challenge\":\"3eZb<b>\",\"type\":\"url_verification\"}";
    private static final String EVENT_GRID =
            """
            [{"id":"1","eventType":"Microsoft.EventGrid.SubscriptionValidationEvent",
              "data":{"validationCode":"512d-38"}}]""";
    private static final String ZOOM =
            "{\"event\":\"endpoint.url_validation\",\"payload\":{\"plainToken\":\"qgg8\"}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dropbox | challenge=a%20b | text/plain; charset=us-ascii | a b",
                "meta | hub.mode=subscribe&hub.verify_token=VERIFY&hub.challenge=<b>"
                        + " | text/plain; charset=us-ascii | <b>",
                "okta | '' | application/json | {\"verification\":\"ch-1\"}"
            })
    void a_get_is_answered_at_once(String vendor, String query, String type, String body)
            throws Exception {
        start(vendor);
        // Not among the arguments, which reports show.
        String filled = query.replace("VERIFY", VERIFY_TOKEN);

        assertAnswered(
                send(
                        request("?" + filled.replace("<", "%3C").replace(">", "%3E"))
                                .header("X-Okta-Verification-Challenge", "ch-1")
                                .GET()),
                type,
                body);
    }

    @Test
    void a_post_is_answered_at_once_though_it_is_not_signed() throws Exception {
        start("slack");
        assertAnswered(send(post(SLACK)), "application/json", "{\"challenge\":\"3eZb<b>\"}");
    }

    @Test
    void event_grids_validation_is_answered_with_200() throws Exception {
        start("azure-event-grid");
        assertAnswered(
                send(post(EVENT_GRID).header("aeg-event-type", "SubscriptionValidation")),
                "application/json",
                "{\"validationResponse\":\"512d-38\"}");
    }

    @Test
    void graphs_token_comes_back_as_text() throws Exception {
        start("microsoft-graph");
        assertAnswered(
                send(request("?validationToken=a%3Cb").POST(BodyPublishers.noBody())),
                "text/plain; charset=us-ascii",
                "a<b");
    }

    @Test
    void xs_token_is_signed_with_the_streams_secret() throws Exception {
        start("x");
        HttpResponse<String> response = send(request("?crc_token=MDU4").GET());

        assertAnswered(response, "application/json", response.body());
        assertThat(response.body()).matches("\\{\"response_token\":\"sha256=[A-Za-z0-9+/]{43}=\"}");
    }

    @Test
    void zooms_validation_is_answered_where_it_is_signed_only() throws Exception {
        start("zoom");

        assertRefused(send(post(ZOOM)), 401, "unauthorized");
        HttpResponse<String> response = send(signed("zoom", ZOOM, folder.resolve("token")));

        assertAnswered(response, "application/json", response.body());
        assertThat(response.body())
                .matches("\\{\"plainToken\":\"qgg8\",\"encryptedToken\":\"[0-9a-f]{64}\"}");
    }

    @Test
    void discords_pings_are_answered_where_they_are_signed_only() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] spki = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
        Path key = Files.writeString(folder.resolve("public"), HexFormat.of().formatHex(raw));
        String pem =
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n";
        Path signing = Files.writeString(folder.resolve("private"), pem);
        start(
                options()
                        .orders(
                                s ->
                                        s.set(StreamOptions.AUTH_TYPE, "discord")
                                                .set(
                                                        StreamOptions.AUTH_SECRETS,
                                                        List.of("file:" + key))));

        assertRefused(send(post("{\"type\":1}")), 401, "unauthorized");
        assertAnswered(
                send(signed("discord", "{\"type\":1,\"id\":\"7\"}", signing)),
                "application/json",
                "{\"type\":1}");
        HttpResponse<String> ping = send(signed("discord", "{\"type\":0}", signing));
        assertThat(ping.statusCode()).isEqualTo(204);
        assertThat(ping.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void cloudevents_consent_is_headers_only() throws Exception {
        start("cloudevents");

        HttpResponse<String> response =
                send(
                        request("")
                                .method("OPTIONS", BodyPublishers.noBody())
                                .header("WebHook-Request-Origin", "eventemitter.example.com")
                                .header("WebHook-Request-Callback", "http://127.0.0.1:1/"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("webhook-allowed-origin")).contains("*");
        assertThat(response.headers().firstValue("webhook-allowed-rate")).contains("*");
        assertThat(response.headers().firstValue("allow")).contains("POST, OPTIONS");
    }

    @Test
    void over_http_2_it_is_the_same() throws Exception {
        start("dropbox");
        try (Http2Sender sender = new Http2Sender(server().uri(TestServer.ORDERS))) {
            ContentResponse answered =
                    sender.aRequest("GET", "?challenge=abc").timeout(20, TimeUnit.SECONDS).send();
            ContentResponse head =
                    sender.aRequest("HEAD", "?challenge=abc").timeout(20, TimeUnit.SECONDS).send();

            assertThat(answered.getStatus()).isEqualTo(200);
            assertThat(answered.getContentAsString()).isEqualTo("abc");
            assertThat(answered.getHeaders().get("content-type"))
                    .isEqualTo("text/plain; charset=us-ascii");
            assertThat(answered.getHeaders().get("x-content-type-options")).isEqualTo("nosniff");
            assertThat(head.getStatus()).isEqualTo(405);
            assertThat(head.getHeaders().get("allow")).isEqualTo("POST, GET");
        }
    }

    @Test
    void without_such_a_handshake_get_and_head_are_405() throws Exception {
        start("slack");

        for (String method : List.of("GET", "HEAD", "OPTIONS")) {
            HttpResponse<String> response =
                    send(request("?challenge=a").method(method, BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("allow")).contains("POST");
        }
    }

    @Test
    void a_handshake_that_is_switched_off_is_405() throws Exception {
        start(vendor("dropbox").orders(s -> s.set(StreamOptions.HANDSHAKE_TYPE, "none")));

        assertRefused(send(request("?challenge=a").GET()), 405, "method_not_allowed");
    }

    @Test
    void another_vendors_handshake_goes_with_any_stream() throws Exception {
        start(options().orders(s -> s.set(StreamOptions.HANDSHAKE_TYPE, "dropbox")));

        assertAnswered(send(request("?challenge=a").GET()), "text/plain; charset=us-ascii", "a");
    }

    @ParameterizedTest
    @CsvSource({
        "dropbox, ?challenge=",
        "dropbox, ?challenge=a%0Ab",
        "dropbox, ?challenge=%C3%A9",
        "dropbox, ''",
        "dropbox, ?challenge=a&challenge=b",
        "x, ?crc_token=a%20b"
    })
    void a_get_without_a_sound_token_is_400(String vendor, String query) throws Exception {
        start(vendor);

        assertRefused(send(request(query).GET()), 400, "bad_request");
    }

    @Test
    void a_wrong_verify_token_is_401_and_is_counted() throws Exception {
        start("meta");

        assertRefused(
                send(request("?hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1").GET()),
                401,
                "unauthorized");
        assertThat(handshakes("refused")).isEqualTo(1);
        assertThat(handshakes("answered")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"event_callback\",\"event_id\":\"1\"}",
                "{\"type\":\"url_verification\",\"challenge\":\"a\",\"event_id\":\"1\"}",
                "not json",
                "''"
            })
    void an_unsigned_event_is_401_all_the_same(String body) throws Exception {
        start("slack");

        assertRefused(send(post(body)), 401, "unauthorized");
        assertRefused(send(post(SLACK + " ".repeat(5000))), 401, "unauthorized");
        assertThat(handshakes("answered")).isZero();
    }

    @Test
    void a_large_unsigned_body_of_undeclared_length_is_401_too() throws Exception {
        start("slack");

        assertRefused(
                send(
                        request("")
                                .POST(
                                        BodyPublishers.ofByteArrays(
                                                List.of(new byte[3000], new byte[3000])))),
                401,
                "unauthorized");
    }

    /** Whatever else they are, and whoever is let in by another proof. */
    @ParameterizedTest
    @CsvSource({"SubscriptionConfirmation, 400, refused", "UnsubscribeConfirmation, 200, answered"})
    void confirmations_of_sns_are_no_events(String type, int status, String result)
            throws Exception {
        start(options().orders(s -> snsOrBearer(s, false)));
        String body =
                """
                {"Type":"%s","MessageId":"1","SubscribeURL":"https://127.0.0.1:1/","Token":"t"}"""
                        .formatted(type);

        for (String padding : List.of("", " ".repeat(5000))) {
            HttpResponse<String> response = send(bearer(post(body + padding)));
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.body()).doesNotContain("127.0.0.1");
        }
        await(() -> handshakes(result) == 2);
        assertThat(server().intake.appended()).isEmpty();
        assertRefused(send(post(body)), 401, "unauthorized");
    }

    @Test
    void with_fetching_on_nothing_is_fetched_for_who_is_not_sns() throws Exception {
        start(options().orders(s -> snsOrBearer(s, true)));

        assertRefused(
                send(
                        bearer(
                                post(
                                        "{\"Type\":\"SubscriptionConfirmation\",\"MessageId\":\"1\","
                                                + "\"SubscribeURL\":\"https://127.0.0.1:1/\"}"))),
                400,
                "bad_request");
        assertThat(handshakes("refused")).isEqualTo(1);
        assertThat(handshakes("pending")).isZero();
    }

    @Test
    void it_needs_no_reader_that_takes_deliveries() throws Exception {
        start("slack").readerCloses();

        assertThat(send(post(SLACK)).statusCode()).isEqualTo(200);
    }

    private void snsOrBearer(Configuration stream, boolean fetch) {
        stream.removeConfig(StreamOptions.AUTH_SECRETS);
        stream.set(StreamOptions.AUTH_TYPE, "any-of")
                .set(StreamOptions.HANDSHAKE_TYPE, "aws-sns")
                .set(StreamOptions.HANDSHAKE_FETCH, fetch)
                .set(
                        SchemeOptions.OF,
                        Map.of(
                                "sns.type",
                                "aws-sns",
                                "sns.topics",
                                "arn:aws:sns:eu-west-1:123456789012:events",
                                "gate.type",
                                "bearer",
                                "gate.secrets",
                                "file:" + folder.resolve("token")));
    }

    private static HttpRequest.Builder bearer(HttpRequest.Builder request) {
        return request.header("Authorization", "Bearer " + TestServer.TOKEN)
                .header("X-Event-Id", "evt_1");
    }

    private TestServer start(String vendor) throws Exception {
        return start(vendor(vendor));
    }

    private TestServer.Options vendor(String vendor) throws Exception {
        TestServer.Options options = options().orders(s -> s.set(StreamOptions.AUTH_TYPE, vendor));
        if (vendor.equals("meta")) {
            Path token = Files.writeString(folder.resolve("verify"), VERIFY_TOKEN);
            options.orders(s -> s.set(StreamOptions.HANDSHAKE_VERIFY_TOKEN, "file:" + token));
        }
        return options;
    }

    private HttpRequest.Builder request(String query) {
        return aRequest(server().uri(TestServer.ORDERS + query));
    }

    private HttpRequest.Builder post(String body) {
        return request("")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder signed(String vendor, String body, Path secret) throws Exception {
        Outgoing sent =
                AuthSchemes.signer(
                                AuthSettings.of(vendor, SecretRef.parse("file:" + secret)),
                                new LocalSecrets(folder, name -> null))
                        .sign(
                                Outgoing.post(
                                        TestServer.ORDERS, body.getBytes(StandardCharsets.UTF_8)),
                                Instant.now(),
                                "1");
        HttpRequest.Builder request = post(body);
        for (Map.Entry<String, String> header : sent.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        return request;
    }

    private void assertAnswered(HttpResponse<String> response, String contentType, String body)
            throws Exception {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.headers().allValues("content-type")).containsExactly(contentType);
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("connection")).isEmpty();
        await(() -> handshakes("answered") > 0);
        assertThat(server().intake.appended()).isEmpty();
    }

    private long handshakes(String result) {
        return server().metrics
                .getCounter("stream", "orders", "result", result, "handshakes")
                .orElseThrow()
                .getCount();
    }
}
