/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.ingest.Intake;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

class OperatorPortsTest extends ServerTestBase {

    private static final String ADMIN_TOKEN = "an-admin-token-of-some-length";

    @Test
    void live_from_the_start_and_started_and_ready_once_a_reader_takes_deliveries()
            throws Exception {
        TestServer server = startWithoutReader(options());
        assertThat(health("/live").statusCode()).isEqualTo(200);
        assertThat(health("/started").statusCode()).isEqualTo(503);
        assertThat(health("/ready").body()).contains("\"ok\":false", "no source has registered");

        server.register();
        assertThat(health("/started").statusCode()).isEqualTo(200);
        assertThat(health("/ready").statusCode()).isEqualTo(200);

        server.readerCloses();
        assertThat(health("/started").statusCode()).isEqualTo(200);
        assertThat(health("/ready").statusCode()).isEqualTo(503);
        assertThat(health("/ready").body()).contains("source");
    }

    @Test
    void not_ready_while_checkpoints_do_not_complete() throws Exception {
        start().intake.becomes(Intake.Status.STALLED);

        assertThat(health("/ready").statusCode()).isEqualTo(503);
        assertThat(health("/live").statusCode()).isEqualTo(200);
    }

    @Test
    void the_health_port_answers_nothing_else() throws Exception {
        start();

        assertRefused(health("/in/orders"), 404, "unknown_stream");
        assertRefused(
                send(aRequest(server().health("/ready")).POST(BodyPublishers.noBody())),
                405,
                "method_not_allowed");
        assertThat(health("/status").statusCode()).isEqualTo(404);
    }

    @Test
    void the_ingest_port_does_not_answer_for_the_others() throws Exception {
        start(options().withAdminToken(ADMIN_TOKEN));

        assertRefused(send(aRequest(server().uri("/live"))), 404, "unknown_stream");
        assertRefused(send(admin("GET", server().uri("/status"))), 404, "unknown_stream");
    }

    @Test
    void draining_refuses_what_is_new_and_answers_what_is_held() throws Exception {
        TestServer server = start(options().withAdminToken(ADMIN_TOKEN));
        CompletableFuture<HttpResponse<String>> held = sendAsync(aDelivery());
        server.intake.awaitDelivery();

        HttpResponse<String> drain = send(admin("POST", server.admin("/drain")));
        assertThat(drain.body())
                .contains("\"draining\":true", "\"drained\":false", "\"openRequests\":1");
        assertRefused(send(aDelivery()), 503, "draining");
        assertThat(health("/ready").statusCode()).isEqualTo(503);

        server.intake.completeCheckpoint();
        assertThat(held.get().statusCode()).isEqualTo(200);
        server.parts().open.awaitNone(java.time.Duration.ofSeconds(5));
        assertThat(send(admin("GET", server.admin("/status"))).body())
                .contains("\"drained\":true", "\"subtask\":0", "\"status\":\"OPEN\"");

        send(admin("POST", server.admin("/resume")));
        CompletableFuture<HttpResponse<String>> next = sendAsync(aDelivery());
        server.intake.awaitDelivery();
        server.intake.completeCheckpoint();
        assertThat(next.get().statusCode()).isEqualTo(200);
    }

    @Test
    void without_the_token_the_admin_port_says_nothing() throws Exception {
        start(options().withAdminToken(ADMIN_TOKEN));

        for (String path : new String[] {"/status", "/drain", "/else"}) {
            HttpResponse<String> answer = send(aRequest(server().admin(path)));
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"code\":\"unauthorized\"}");
        }
        HttpResponse<String> wrong =
                send(
                        aRequest(server().admin("/status"))
                                .header("Authorization", "Bearer " + TestServer.TOKEN));
        assertThat(wrong.statusCode()).isEqualTo(401);
    }

    @Test
    void without_a_configured_token_there_is_no_admin_port() throws Exception {
        assertThat(start().server().adminPort()).isEqualTo(-1);
    }

    private HttpResponse<String> health(String path) throws Exception {
        return send(aRequest(server().health(path)));
    }

    private HttpRequest.Builder admin(String method, java.net.URI uri) {
        return aRequest(uri)
                .header("Authorization", "Bearer " + ADMIN_TOKEN)
                .method(method, BodyPublishers.noBody());
    }
}
