/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSchemes;
import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.LocalSecrets;
import io.webhookstreams.auth.Outgoing;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.auth.Verified;
import io.webhookstreams.auth.capture.Capture;
import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.CaptureOptions;
import io.webhookstreams.connector.StreamOptions;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Requests that were refused and kept: what is in the file, and what it is good for. */
class CapturedRequestsTest extends ServerTestBase {

    private static final String OLD_SECRET = "the-secret-that-is-in-the-file";
    private static final String RIGHT_SECRET = "the-secret-that-the-vendor-has";
    private static final String FOREIGN_TOKEN = "a-token-of-another-stream";
    private static final String BODY = "{\"a\":\"caf\u00e9\"}\r\n";

    @Test
    void a_refused_request_is_kept_with_its_signature_and_no_credential() throws Exception {
        start(github());

        assertRefused(
                send(
                        signed(RIGHT_SECRET, "?a=b&access_token=" + FOREIGN_TOKEN)
                                .header("Authorization", "Bearer " + FOREIGN_TOKEN)
                                .header("Cookie", "session=" + FOREIGN_TOKEN)
                                .header("X-Gitlab-Token", FOREIGN_TOKEN)
                                .header("X-Api-Key", FOREIGN_TOKEN)
                                .header("X-Custom", "kept")),
                401,
                "unauthorized");
        Path file = awaitFile();
        Capture capture = Capture.read(Files.readAllBytes(file));

        assertThat(Files.readString(file)).doesNotContain(FOREIGN_TOKEN);
        assertThat(capture.stream()).isEqualTo("orders");
        assertThat(capture.cause()).isEqualTo("no_match");
        assertThat(capture.method()).isEqualTo("POST");
        assertThat(capture.path()).isEqualTo(TestServer.ORDERS);
        assertThat(capture.query()).isEqualTo("a=b");
        assertThat(capture.body()).isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(capture.headers("x-custom")).containsExactly("kept");
        assertThat(capture.headers("x-hub-signature-256")).hasSize(1);
        assertThat(capture.lines())
                .extracting(Map.Entry::getKey)
                .doesNotContain("authorization", "cookie", "x-gitlab-token", "x-api-key", "host")
                .doesNotContain("content-length");
        await(() -> captures("written") == 1);
    }

    @Test
    void once_the_secret_is_mended_the_kept_request_verifies_and_is_admitted() throws Exception {
        start(github());
        assertRefused(send(signed(RIGHT_SECRET, "")), 401, "unauthorized");
        Capture capture = Capture.read(Files.readAllBytes(awaitFile()));
        assertThat(AuthSchemes.verifier(settings(), secret(RIGHT_SECRET)).verify(capture))
                .isInstanceOf(Verified.class);

        Path next = Files.writeString(folder.resolve("next"), RIGHT_SECRET);
        Files.move(next, folder.resolve("hub"), StandardCopyOption.ATOMIC_MOVE);
        await(() -> send(replayed(capture)).statusCode() == 200);

        assertThat(server().intake.awaitDelivery().body()).isEqualTo(capture.body());
    }

    @Test
    void what_is_good_or_condemned_by_its_headers_is_not_kept() throws Exception {
        start(github());

        assertThat(send(signed(OLD_SECRET, "")).statusCode()).isEqualTo(200);
        HttpResponse<String> unsigned =
                send(
                        aRequest(server().uri(TestServer.ORDERS))
                                .header("X-Event-Id", "evt_2")
                                .POST(BodyPublishers.ofString(BODY)));
        assertRefused(unsigned, 401, "unauthorized");
        assertRefused(send(signed(RIGHT_SECRET, "")), 401, "unauthorized");

        await(() -> captures("written") == 1);
        assertThat(files()).hasSize(1);
        assertThat(captures("dropped")).isZero();
    }

    @Test
    void without_the_option_nothing_is_kept() throws Exception {
        start(github().orders(s -> s.removeConfig(CaptureOptions.DIRECTORY)));

        assertRefused(send(signed(RIGHT_SECRET, "")), 401, "unauthorized");
        assertThat(captures("written") + captures("dropped") + captures("failed")).isZero();
        assertThat(files()).isEmpty();
    }

    private TestServer.Options github() throws IOException {
        Path secret = Files.writeString(folder.resolve("hub"), OLD_SECRET);
        return options()
                .orders(
                        s ->
                                s.set(StreamOptions.AUTH_TYPE, "github")
                                        .set(StreamOptions.TIER, Tier.ACCEPT)
                                        .set(StreamOptions.AUTH_SECRETS, List.of("file:" + secret))
                                        .set(
                                                CaptureOptions.DIRECTORY,
                                                folder.resolve("captures").toString()));
    }

    private HttpRequest.Builder signed(String secret, String query) throws Exception {
        Outgoing sent =
                AuthSchemes.signer(settings(), secret(secret))
                        .sign(
                                Outgoing.post(
                                        TestServer.ORDERS, BODY.getBytes(StandardCharsets.UTF_8)),
                                Instant.now(),
                                "evt_1");
        HttpRequest.Builder request =
                aRequest(server().uri(TestServer.ORDERS + query))
                        .header("X-Event-Id", "evt_1")
                        .POST(BodyPublishers.ofByteArray(sent.body()));
        sent.headers().forEach(request::setHeader);
        return request;
    }

    private HttpRequest.Builder replayed(Capture capture) {
        HttpRequest.Builder request =
                aRequest(server().uri(capture.path()))
                        .POST(BodyPublishers.ofByteArray(capture.body()));
        capture.lines().forEach(line -> request.header(line.getKey(), line.getValue()));
        return request;
    }

    private static AuthSettings settings() {
        return AuthSettings.of("github", SecretRef.parse("env:HUB"));
    }

    private LocalSecrets secret(String text) {
        return new LocalSecrets(folder, name -> text);
    }

    private Path awaitFile() throws Exception {
        await(() -> files().stream().anyMatch(file -> file.toString().endsWith(".capture")));
        return files().get(0);
    }

    private List<Path> files() throws IOException {
        Path folderOfStream = folder.resolve("captures").resolve("orders");
        if (!Files.isDirectory(folderOfStream)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folderOfStream)) {
            return files.toList();
        }
    }

    private long captures(String result) {
        return server().metrics
                .getCounter("stream", "orders", "result", result, "captures")
                .orElseThrow()
                .getCount();
    }
}
