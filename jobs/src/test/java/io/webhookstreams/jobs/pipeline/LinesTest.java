/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.NOW;
import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.Encoder;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The golden lines of the five kinds of files: their fields are a promise to readers. */
class LinesTest {

    private static final EventTime EVENT_TIME = new EventTime(Duration.ofMinutes(5));

    @Test
    void an_event_is_one_line_with_its_payload_as_json() throws IOException {
        assertThat(
                        line(
                                new EventLines(EVENT_TIME),
                                aDelivery()
                                        .ofEvent("evt_1")
                                        .ofType("order.created")
                                        .from("acct_1")
                                        .at(NOW.minusSeconds(1))
                                        .withBody("{\n  \"total\": 1.50\n}")
                                        .build()))
                .isEqualTo(
                        """
                        {"stream":"orders","delivery_id":"01936d2e-0000-7000-8000-000000000001",\
                        "event_id":"evt_1","type":"order.created","time":"2026-11-23T09:59:59.000Z",\
                        "account":"acct_1","received_at":"2026-11-23T10:00:00.000Z","lane":3,\
                        "sequence":7,"payload":{"total":1.50}}
                        """);
    }

    @Test
    void an_event_that_stands_for_others_says_which_part_it_is() throws IOException {
        assertThat(line(new EventLines(EVENT_TIME), aDelivery().sampledAt(0.1).build()))
                .contains("\"sequence\":7,\"sampling_rate\":0.1,\"payload\"");
    }

    @Test
    void what_a_vendor_does_not_say_is_null() throws IOException {
        assertThat(line(new EventLines(EVENT_TIME), aDelivery().build()))
                .contains("\"event_id\":null,\"type\":null,\"time\":\"2026-11-23T10:00:00.000Z\"");
    }

    @Test
    void half_a_surrogate_pair_in_an_event_id_fails_nothing() throws IOException {
        assertThat(line(new EventLines(EVENT_TIME), aDelivery().ofEvent("a\ud800b").build()))
                .contains("\"event_id\":\"a?b\"");
    }

    @Test
    void a_dead_letter_says_what_and_why_and_keeps_the_original_bytes() throws IOException {
        assertThat(
                        line(
                                new DeadLetterLines(),
                                new DeadLetter(
                                        DeadLetter.Reason.INVALID_JSON,
                                        "body: empty (expected: one JSON value)",
                                        aDelivery().ofEvent("evt_1").withBody("{\"a").build())))
                .isEqualTo(
                        """
                        {"stage":"parse","reason":"invalid_json",\
                        "detail":"body: empty (expected: one JSON value)","stream":"orders",\
                        "delivery_id":"01936d2e-0000-7000-8000-000000000001","event_id":"evt_1",\
                        "type":null,"account":null,"received_at":"2026-11-23T10:00:00.000Z",\
                        "lane":3,"sequence":7,"method":"POST","path":"/in/orders","query":null,\
                        "content_type":"application/json",\
                        "headers":{"content-type":["application/json"]},"body_base64":"eyJh"}
                        """);
    }

    @Test
    void a_shed_event_says_why_and_what_is_known_without_its_body() throws IOException {
        assertThat(
                        line(
                                new ShedLines(),
                                aDelivery()
                                        .ofEvent("evt_1")
                                        .withBodyDigest((byte) 0xab, (byte) 1)
                                        .sampledAt(0.1)
                                        .shed(80)
                                        .build()))
                .isEqualTo(
                        """
                        {"stream":"orders","reason":"high_water",\
                        "delivery_id":"01936d2e-0000-7000-8000-000000000001","event_id":"evt_1",\
                        "type":null,"time":null,"account":null,\
                        "received_at":"2026-11-23T10:00:00.000Z","lane":3,"sequence":7,\
                        "sampling_rate":0.1,"body_bytes":80,"body_sha256":"ab01"}
                        """);
    }

    @Test
    void a_count_names_its_window() throws IOException {
        assertThat(
                        line(
                                new CountLines(),
                                new WindowCount(
                                        new CountKey("orders", null),
                                        new Window(0, 60_000),
                                        3,
                                        WindowCount.ClosedBy.CLOCK)))
                .isEqualTo(
                        """
                        {"stream":"orders","type":null,"window_start":"1970-01-01T00:00:00.000Z",\
                        "window_end":"1970-01-01T00:01:00.000Z","count":3,"closed_by":"clock"}
                        """);
    }

    @Test
    void a_late_event_names_the_window_that_it_missed() throws IOException {
        assertThat(
                        line(
                                new LateLines(),
                                new LateEvent(
                                        new CountedEvent("orders", "t", "d", "e", 1, 2),
                                        new Window(0, 60_000))))
                .isEqualTo(
                        """
                        {"stream":"orders","delivery_id":"d","event_id":"e","type":"t",\
                        "time":"1970-01-01T00:00:00.001Z","received_at":"1970-01-01T00:00:00.002Z",\
                        "window_start":"1970-01-01T00:00:00.000Z",\
                        "window_end":"1970-01-01T00:01:00.000Z"}
                        """);
    }

    private static <T> String line(Encoder<T> encoder, T record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(record, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
