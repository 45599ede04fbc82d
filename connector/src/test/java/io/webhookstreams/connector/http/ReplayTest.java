/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.connector.StreamOptions;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What was sent before, byte for byte or under another name. */
class ReplayTest extends ServerTestBase {

    private static final String GITHUB_SECRET = "github-secret-of-the-replay";

    @Test
    void the_same_bytes_while_the_first_are_held_are_answered_with_them() throws Exception {
        startGitHub(null);
        Map<String, String> signed = signed();
        CompletableFuture<HttpResponse<String>> first = sendAsync(request(signed));
        String id = server().intake.awaitDelivery().eventId();
        CompletableFuture<HttpResponse<String>> retry = sendAsync(request(signed));

        assertThat(server().intake.awaitDelivery().eventId()).isEqualTo(id);
        server().intake.completeCheckpoint();
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(retry.get().statusCode()).isEqualTo(200);
    }

    @Test
    void the_same_bytes_after_the_first_are_durable_are_answered_too() throws Exception {
        startGitHub(null);
        Map<String, String> signed = signed();

        assertThat(answered(signed)).isEqualTo(200);
        assertThat(answered(signed)).isEqualTo(200);
        assertThat(server().intake.appended())
                .extracting(delivery -> delivery.eventId())
                .hasSize(2)
                .containsOnly(signed.get("X-GitHub-Delivery"));
    }

    @Test
    void a_captured_body_under_a_new_id_is_the_same_event_where_the_digest_is_the_id()
            throws Exception {
        startGitHub("body-digest");
        Map<String, String> signed = signed();

        assertThat(answered(signed)).isEqualTo(200);
        assertThat(answered(underAnotherId(signed))).isEqualTo(200);
        assertThat(server().intake.appended()).hasSize(2);
        assertThat(server().intake.appended().stream().map(d -> d.eventId()).distinct()).hasSize(1);
    }

    @Test
    void and_another_one_where_the_unsigned_header_is() throws Exception {
        startGitHub(null);
        Map<String, String> signed = signed();

        assertThat(answered(signed)).isEqualTo(200);
        assertThat(answered(underAnotherId(signed))).isEqualTo(200);
        assertThat(server().intake.appended().stream().map(d -> d.eventId()).distinct()).hasSize(2);
    }

    private static Map<String, String> underAnotherId(Map<String, String> signed) {
        Map<String, String> changed = new HashMap<>(signed);
        changed.put("X-GitHub-Delivery", "00000000-0000-0000-0000-00000000cafe");
        return changed;
    }

    private void startGitHub(String eventId) throws Exception {
        Path secret = Files.writeString(folder.resolve("github"), GITHUB_SECRET);
        start(
                options()
                        .orders(
                                s -> {
                                    s.removeConfig(StreamOptions.EVENT_ID);
                                    s.set(StreamOptions.AUTH_TYPE, "github");
                                    s.set(StreamOptions.AUTH_SECRETS, List.of("file:" + secret));
                                    setEventId(s, eventId);
                                }));
    }

    private static void setEventId(Configuration stream, String eventId) {
        if (eventId != null) {
            stream.set(StreamOptions.EVENT_ID, eventId);
        }
    }

    /** GitHub's headers, with an id that its signature does not cover. */
    private Map<String, String> signed() throws Exception {
        AuthSettings settings = AuthSettings.of("github", SecretRef.parse("file:github"));
        Map<String, String> headers =
                new HashMap<>(
                        AuthSchemes.signer(settings, LocalSecrets.below(folder))
                                .sign(EVENT.getBytes(StandardCharsets.UTF_8), Instant.now()));
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("X-GitHub-Delivery"));
        headers.put("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958");
        return headers;
    }

    private HttpRequest.Builder request(Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server().uri(TestServer.ORDERS))
                        .version(HttpClient.Version.HTTP_1_1)
                        .POST(HttpRequest.BodyPublishers.ofString(EVENT));
        headers.forEach(request::setHeader);
        return request;
    }

    private int answered(Map<String, String> headers) throws Exception {
        CompletableFuture<HttpResponse<String>> answer = sendAsync(request(headers));
        server().intake.awaitDelivery();
        server().intake.completeCheckpoint();
        return answer.get().statusCode();
    }
}
