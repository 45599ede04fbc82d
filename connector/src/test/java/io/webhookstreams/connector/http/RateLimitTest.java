/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.AccessOptions;
import io.webhookstreams.connector.DeadlineOptions;
import io.webhookstreams.connector.PeerOptions;
import io.webhookstreams.connector.PeerOptions.ClientHeader;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Rates so low that no test lasts long enough for a token to come back. */
class RateLimitTest extends ServerTestBase {

    private static final String OTHER_TOKEN = "wrong-donkey-capacitor-clip";

    /** Sends no body before it is told to. */
    private static final String EXPECTING =
            """
            POST /in/orders HTTP/1.1\r
            Host: x\r
            Expect: 100-continue\r
            Content-Length: 1000\r
            \r
            """;

    @Test
    void beyond_the_rate_of_the_stream_senders_are_told_when_to_come_again() throws Exception {
        start(limited(o -> o.set(AccessOptions.STREAM_RATE, "2/h")));

        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = send(aDelivery());

        assertRefused(refused, 429, "rate_limited");
        assertThat(number(refused, "retry-after"))
                .as("half an hour is longer than senders are asked to wait")
                .isBetween(30, 60);
        assertThat(number(refused, "ratelimit-limit")).isEqualTo(2);
        assertThat(number(refused, "ratelimit-remaining")).isZero();
        assertThat(number(refused, "ratelimit-reset")).isBetween(3_500, 3_600);
        assertThat(server().intake.appended()).hasSize(2);
        await(() -> rateLimited("stream") == 1);
        assertThat(rateLimited("credential")).isZero();
        assertThat(rateLimited("address")).isZero();
    }

    @Test
    void the_wait_is_computed_from_the_bucket_and_jittered_in_the_form_of_the_vendor()
            throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "180/h")
                                        .set(AccessOptions.STREAM_BURST, 1)
                                        .set(DeadlineOptions.RETRY_AFTER_UNIT, "ms")));
        send(aDelivery());

        HttpResponse<String> refused = send(aDelivery());

        assertRefused(refused, 429, "rate_limited");
        assertThat(number(refused, "retry-after"))
                .as("20 s, less what has passed, up to twice that")
                .isBetween(10_000, 40_000);
    }

    @Test
    void a_stranger_with_a_bad_signature_does_not_spend_the_vendors_tokens() throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "2/h")
                                        .set(AccessOptions.CREDENTIAL_RATE, "2/h")
                                        .set(StreamOptions.OVERLOAD_STATUS, 429)
                                        .set(StreamOptions.AUTH_TYPE, "github")));
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> stranger =
                    send(unsigned().header("X-Hub-Signature-256", "sha256=" + "0".repeat(64)));
            assertRefused(stranger, 401, "unauthorized");
            assertThat(stranger.headers().map()).doesNotContainKey("ratelimit-remaining");
            assertRefused(send(unsigned()), 401, "unauthorized");
        }

        assertThat(send(signed()).statusCode()).isEqualTo(200);
        assertThat(send(signed()).statusCode()).isEqualTo(200);
        assertRefused(send(signed()), 429, "rate_limited");
        assertRefused(
                send(unsigned().header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))),
                401,
                "unauthorized");
    }

    @Test
    void a_vendor_that_retries_503_is_answered_that() throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "1/h")
                                        .set(StreamOptions.OVERLOAD_STATUS, 503)));
        send(aDelivery());

        assertRefused(send(aDelivery()), 503, "throttled");
    }

    @Test
    void one_credential_cannot_use_up_what_the_others_have() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), OTHER_TOKEN);
        String current = "current=file:" + folder.resolve("token");
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "3/h")
                                        .set(AccessOptions.CREDENTIAL_RATE, "2/h")
                                        .set(
                                                StreamOptions.AUTH_SECRETS,
                                                List.of(current, "other=file:" + other))));
        HttpRequest.Builder others =
                aDelivery().setHeader("Authorization", "Bearer " + OTHER_TOKEN);

        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertRefused(send(aDelivery()), 429, "rate_limited");
        }
        assertThat(send(others).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = send(others);

        assertRefused(refused, 429, "rate_limited");
        await(() -> rateLimited("stream") == 1);
        assertThat(rateLimited("credential")).isEqualTo(5);
    }

    @Test
    void what_the_stream_refuses_costs_its_credential_nothing() throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "1/h")
                                        .set(AccessOptions.CREDENTIAL_RATE, "2/h")));
        send(aDelivery());

        for (int i = 0; i < 5; i++) {
            assertRefused(send(aDelivery()), 429, "rate_limited");
        }
        await(() -> rateLimited("stream") == 5);
        assertThat(rateLimited("credential")).isZero();
    }

    @Test
    void an_address_is_limited_before_its_body_is_read_whoever_it_is() throws Exception {
        start(limited(o -> o.set(AccessOptions.ADDRESS_RATE, "2/h")));
        assertRefused(
                send(aDelivery().setHeader("Authorization", "Bearer no")), 401, "unauthorized");
        assertThat(send(aDelivery()).statusCode()).isEqualTo(200);

        try (RawClient client = new RawClient(server().port())) {
            client.send(EXPECTING);

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 429")
                    .contains("rate_limited", "Retry-After: ", "RateLimit-Remaining: 0")
                    .doesNotContain("100 Continue");
        }
        await(() -> rateLimited("address") == 1);
    }

    @Test
    void behind_a_trusted_proxy_its_clients_are_limited_each() throws Exception {
        start(
                limited(o -> o.set(AccessOptions.ADDRESS_RATE, "1/h"))
                        .listener(
                                l ->
                                        l.set(
                                                        PeerOptions.CLIENT_HEADER,
                                                        ClientHeader.X_FORWARDED_FOR)
                                                .set(
                                                        PeerOptions.TRUSTED_PROXIES,
                                                        List.of("127.0.0.1"))));

        assertThat(from("192.0.2.1").statusCode()).isEqualTo(200);
        assertRefused(from("192.0.2.1"), 429, "rate_limited");
        assertRefused(from("198.51.100.9, 192.0.2.1"), 429, "rate_limited");
        assertThat(from("192.0.2.2").statusCode()).isEqualTo(200);
        assertThat(from("2001:db8::1").statusCode()).isEqualTo(200);
        assertRefused(from("2001:db8::2"), 429, "rate_limited");
    }

    @Test
    void without_a_trusted_proxy_a_header_makes_no_new_client() throws Exception {
        start(limited(o -> o.set(AccessOptions.ADDRESS_RATE, "1/h")));

        assertThat(from("192.0.2.1").statusCode()).isEqualTo(200);
        assertRefused(from("192.0.2.2"), 429, "rate_limited");
    }

    @Test
    void an_answer_tells_what_is_left_when_it_is_given() throws Exception {
        start(options().orders(o -> o.set(AccessOptions.STREAM_RATE, "5/h")));
        CompletableFuture<HttpResponse<String>> first = sendAsync(aDelivery());
        server().intake.awaitDelivery();
        CompletableFuture<HttpResponse<String>> second = sendAsync(aDelivery());
        server().intake.awaitDelivery();

        server().intake.completeCheckpoint();

        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(number(first.get(), "ratelimit-limit")).isEqualTo(5);
        assertThat(number(first.get(), "ratelimit-remaining")).isEqualTo(3);
        assertThat(number(second.get(), "ratelimit-remaining")).isEqualTo(3);
    }

    @Test
    void of_two_limits_the_tighter_one_is_told() throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "100/h")
                                        .set(AccessOptions.CREDENTIAL_RATE, "10/h")
                                        .set(AccessOptions.ADDRESS_RATE, "50/h")));

        HttpResponse<String> answer = send(aDelivery());

        assertThat(number(answer, "ratelimit-limit")).isEqualTo(10);
        assertThat(number(answer, "ratelimit-remaining")).isEqualTo(9);
        assertThat(answer.headers().allValues("ratelimit-limit")).hasSize(1);
    }

    @Test
    void a_stream_without_limits_tells_nothing() throws Exception {
        start(limited(o -> {}));

        assertThat(send(aDelivery()).headers().map().keySet())
                .noneMatch(name -> name.startsWith("ratelimit"));
    }

    @Test
    void a_handshake_is_no_delivery_and_grants_the_rate_of_the_stream() throws Exception {
        start(
                limited(
                        o ->
                                o.set(AccessOptions.STREAM_RATE, "2/h")
                                        .set(AccessOptions.CREDENTIAL_RATE, "600/s")
                                        .set(StreamOptions.AUTH_TYPE, "cloudevents")
                                        .set(StreamOptions.EVENT_ID, "none")));
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> consent =
                    send(
                            aRequest(server().uri(TestServer.ORDERS))
                                    .method("OPTIONS", BodyPublishers.noBody())
                                    .header("WebHook-Request-Origin", "example.com"));
            assertThat(consent.statusCode()).isEqualTo(200);
            assertThat(number(consent, "webhook-allowed-rate")).as("at least 1").isEqualTo(1);
        }

        assertThat(send(aDelivery()).statusCode()).isEqualTo(204);
    }

    @Test
    void a_sandbox_takes_a_small_burst() throws Exception {
        start(limited(o -> o.set(AccessOptions.PROFILE, AccessOptions.Profile.SANDBOX)));

        HttpResponse<String> answer = send(aDelivery());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(number(answer, "ratelimit-limit")).isEqualTo(20);
    }

    private TestServer.Options limited(Consumer<Configuration> more) throws IOException {
        return options().orders(s -> s.set(StreamOptions.TIER, Tier.ACCEPT)).orders(more);
    }

    private HttpResponse<String> from(String forwardedFor) throws Exception {
        return send(aDelivery().header("X-Forwarded-For", forwardedFor));
    }

    private HttpRequest.Builder unsigned() {
        return aRequest(server().uri(TestServer.ORDERS))
                .header("X-Event-Id", "evt_1")
                .POST(BodyPublishers.ofString(EVENT));
    }

    private HttpRequest.Builder signed() throws Exception {
        SecretRef ref = SecretRef.parse("file:" + folder.resolve("token"));
        HttpRequest.Builder request = unsigned();
        AuthSchemes.signer(AuthSettings.of("github", ref), LocalSecrets.below(folder))
                .sign(EVENT.getBytes(StandardCharsets.UTF_8), Instant.now(), "evt_1")
                .forEach(request::header);
        return request;
    }

    private long rateLimited(String limit) {
        return server().metrics
                .getCounter("stream", "orders", "limit", limit, "rateLimited")
                .orElseThrow()
                .getCount();
    }

    private static int number(HttpResponse<String> answer, String header) {
        return Integer.parseInt(answer.headers().firstValue(header).orElseThrow());
    }
}
