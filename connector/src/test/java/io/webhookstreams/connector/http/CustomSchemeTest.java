/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.SchemeOptions;
import io.webhookstreams.connector.StreamOptions;
import io.webhookstreams.connector.config.SourceSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A scheme that the configuration describes, over the wire; signed here by the JDK alone. */
class CustomSchemeTest extends ServerTestBase {

    private static final String SECRET = "of-tickets-and-of-nobody-else";
    private static final String SCHEME =
            """
            algorithm: hmac-sha512
            key: {decode: utf8}
            signature: {from: 'header:X-Sig', parse: plain, prefix: 'v0=', encoding: hex}
            content: '{header:X-Event-Id}/{body}'
            """;

    @Test
    void what_is_signed_so_is_taken_and_all_else_is_unauthorized() throws Exception {
        TestServer server = start(signed());
        String good = "v0=" + hmac("evt_1/" + EVENT);

        HttpResponse<String> answer = post(good, EVENT);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.intake.awaitDelivery().authScheme()).isEqualTo("custom");
        assertRefused(post(good, EVENT + " "), 401, "unauthorized");
        assertRefused(post(hmac("evt_1/" + EVENT), EVENT), 401, "unauthorized");
        HttpResponse<String> without =
                send(aRequest(server.uri(TestServer.ORDERS)).POST(body(EVENT)));
        assertRefused(without, 401, "unauthorized");
        assertThat(without.headers().firstValue("www-authenticate"))
                .contains("hmac-sha512 realm=\"webhooks\"");
    }

    @Test
    void the_settings_are_the_same_on_every_task_manager() throws Exception {
        SourceSettings settings = signed().settings();

        assertThat(InstantiationUtil.clone(settings)).isEqualTo(settings);
    }

    private TestServer.Options signed() throws Exception {
        String key = "file:" + Files.writeString(folder.resolve("key"), SECRET);
        return options()
                .orders(
                        (Configuration stream) ->
                                stream.set(StreamOptions.AUTH_TYPE, "custom")
                                        .set(StreamOptions.TIER, Tier.ACCEPT)
                                        .set(SchemeOptions.SCHEME, SCHEME)
                                        .set(StreamOptions.AUTH_SECRETS, List.of(key)));
    }

    private HttpResponse<String> post(String signature, String body) throws Exception {
        return send(
                aRequest(server().uri(TestServer.ORDERS))
                        .header("X-Event-Id", "evt_1")
                        .header("X-Sig", signature)
                        .POST(body(body)));
    }

    private static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private static String hmac(String content) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA512");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
        return HexFormat.of().formatHex(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}
