/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.auth.AuthSettings;
import io.webhookstreams.auth.SecretRef;
import io.webhookstreams.jobs.config.StreamEntry;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Optional;

class CurlLineTest {

    private static final String URL = "http://127.0.0.1:8080/in/orders";
    private static final Path CONFIG = Path.of("/etc/webhooks.yaml");

    @Test
    void a_bearer_token_is_read_by_the_shell_and_never_printed() {
        assertThat(curl("bearer", "file:/etc/orders.token", "json:/id", "json:/data/type"))
                .isEqualTo(
                        "curl -i -H \"Authorization: Bearer $(cat '/etc/orders.token')\""
                                + " -H 'Content-Type: application/json'"
                                + " -d '{\"id\":\"evt_1\",\"data\":{\"type\":\"hello\"}}' '"
                                + URL
                                + "'");
        assertThat(curl("bearer", "env:ORDERS_TOKEN", "body-digest", null))
                .contains("Bearer $ORDERS_TOKEN\"", "-d '{\"hello\":\"world\"}'");
    }

    @Test
    void an_event_id_stands_where_the_stream_wants_it() {
        assertThat(curl("none", null, "header:X-Event-Id", null))
                .contains(" -H 'X-Event-Id: evt_1' ")
                .doesNotContain("Authorization");
        assertThat(curl("none", null, "query:id", null)).endsWith("'" + URL + "?id=evt_1'");
    }

    @Test
    void a_client_certificate_is_named_as_files() {
        assertThat(curl("mtls", null, "header:X-Event-Id", null))
                .startsWith("curl -i --cert client.crt --key client.key -H ");
    }

    @Test
    void what_curl_cannot_sign_is_sent_by_our_own_command() {
        assertThat(curl("github", "file:/etc/secret", null, null))
                .isEqualTo(
                        "webhooks send --config '/etc/webhooks.yaml' --stream orders --data"
                                + " event.json");
    }

    private static String curl(String auth, String secret, String eventId, String eventType) {
        SecretRef[] secrets =
                secret == null ? new SecretRef[0] : new SecretRef[] {SecretRef.parse(secret)};
        return CurlLine.of(
                new StreamEntry(
                        "orders",
                        "/in/orders",
                        AuthSettings.of(auth, secrets),
                        Optional.ofNullable(eventId),
                        Optional.ofNullable(eventType)),
                URL,
                CONFIG);
    }
}
