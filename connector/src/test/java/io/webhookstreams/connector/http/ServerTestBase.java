/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.fuzz.AnswerLog;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A server per test, and what must hold after each: no request open, no byte of a budget taken,
 * nothing in the log.
 */
abstract class ServerTestBase {

    static final String EVENT = "{\"id\":\"evt_1\"}";

    @TempDir Path folder;
    final HttpClient client = HttpClient.newHttpClient();
    private TestServer server;
    private CapturedLog log;
    private boolean warningsExpected;

    @BeforeEach
    void captureLog() {
        log = new CapturedLog();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (server != null) {
            server.intake.completeCheckpoint();
            ServerParts parts = server.parts();
            boolean allAnswered = parts.open.awaitNone(Duration.ofSeconds(5));
            long heldBytes = parts.admission.held().used();
            int unverified = parts.admission.unverified().size();
            server.close();
            assertThat(allAnswered).as("every request was answered").isTrue();
            assertThat(heldBytes).as("bytes of held requests").isZero();
            assertThat(unverified).as("unverified requests").isZero();
        }
        log.close();
        if (!warningsExpected) {
            assertThat(log.lines()).isEmpty();
        }
    }

    /** For a test whose subject is a warning. */
    CapturedLog expectWarnings() {
        warningsExpected = true;
        return log;
    }

    TestServer.Options options() throws IOException {
        return TestServer.in(folder);
    }

    TestServer start() throws IOException {
        return start(options());
    }

    TestServer start(TestServer.Options options) throws IOException {
        server = options.start();
        return server;
    }

    TestServer startWithoutReader(TestServer.Options options) throws IOException {
        server = options.startWithoutReader();
        return server;
    }

    TestServer server() {
        return server;
    }

    /** A delivery as the vendor of the stream {@code orders} sends it. */
    HttpRequest.Builder aDelivery() {
        return HttpRequest.newBuilder(server.uri(TestServer.ORDERS))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + TestServer.TOKEN)
                .header("X-Event-Id", "evt_1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(EVENT));
    }

    HttpRequest.Builder aRequest(URI uri) {
        return HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return sendAsync(request).get();
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(
                        request.timeout(Duration.ofSeconds(20)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(
                        response -> {
                            AnswerLog.keep(response);
                            return response;
                        });
    }

    static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(response.headers().firstValue("server")).isEmpty();
        assertThat(response.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status, "delivery_id");
        boolean retryable = status == 429 || status == 503;
        assertThat(response.headers().firstValue("retry-after").isPresent()).isEqualTo(retryable);
    }

    /** Waits for what a thread of the server does after the answer has left. */
    static void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.call()) {
            assertThat(Instant.now()).as("waits for a state").isBefore(end);
            Thread.onSpinWait();
        }
    }
}
