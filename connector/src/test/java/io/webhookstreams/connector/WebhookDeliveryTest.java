/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

class WebhookDeliveryTest {

    @Test
    void header_names_have_no_case() {
        WebhookDelivery delivery =
                WebhookDelivery.builder()
                        .headers(Map.of("X-Event-ID", List.of("1", "2"), "Empty", List.of()))
                        .build();

        assertThat(delivery.header("x-event-id")).isEqualTo("1");
        assertThat(delivery.header("X-EVENT-ID")).isEqualTo("1");
        assertThat(delivery.header("empty")).isNull();
        assertThat(delivery.header("absent")).isNull();
        assertThat(delivery.headers()).containsOnlyKeys("empty", "x-event-id");
    }

    @Test
    void headers_cannot_be_changed() {
        WebhookDelivery delivery = Deliveries.full();

        assertThatThrownBy(() -> delivery.headers().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_digest_is_computed_where_it_is_not_known() {
        assertThat(HexFormat.of().formatHex(Deliveries.draft("abc").bodyDigest()))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        byte[] known = new byte[32];
        assertThat(WebhookDelivery.builder().bodyDigest(known).build().bodyDigest())
                .isSameAs(known);
    }

    @Test
    void received_at_has_milliseconds() {
        WebhookDelivery delivery =
                WebhookDelivery.builder()
                        .receivedAt(Instant.parse("2026-01-01T00:00:00.123456789Z"))
                        .build();

        assertThat(delivery.receivedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123Z"));
    }

    @Test
    void a_builder_that_goes_on_changes_nothing_that_was_built() {
        WebhookDelivery.Builder builder = WebhookDelivery.builder().eventId("1");
        WebhookDelivery built = builder.build();

        builder.eventId("2");

        assertThat(built.eventId()).isEqualTo("1");
    }

    @Test
    void the_text_for_logs_contains_no_content() {
        WebhookDelivery delivery =
                WebhookDelivery.builder()
                        .body("secret body".getBytes(UTF_8))
                        .query("secret=query")
                        .headers(Map.of("x", List.of("secret header")))
                        .build();

        assertThat(delivery.toString()).doesNotContain("secret").contains("bytes=11");
    }
}
