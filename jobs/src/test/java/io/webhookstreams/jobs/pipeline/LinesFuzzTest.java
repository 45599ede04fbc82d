/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.fuzz.Allocation;
import io.webhookstreams.fuzz.Damage;
import io.webhookstreams.fuzz.Fuzz;

import org.apache.flink.api.common.serialization.Encoder;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Whatever a vendor sends is one line of JSON: an event's, or a dead letter's. */
class LinesFuzzTest {

    private static final int INPUTS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> BODIES =
            List.of(
                    "{\"id\":\"evt_1\",\"a\":[1,2.50,-0,1e9,true,null],\"b\":{\"c\":\"\\u00e9\\n\"}}",
                    "[[[[[[[[{}]]]]]]]]",
                    "\"text with \\\"quotes\\\" and \\\\ back\\\\slashes\"",
                    "123456789012345678901234567890.123456789012345678901234567890",
                    " {\r\n\t\"spaced\" : [ 1 , 2 ] } ",
                    "{\"id\":1,\"id\":2}",
                    "\ufeff{\"bom\":true}");

    @Test
    void a_body_is_a_line_of_the_same_json_or_a_problem_in_plain_words() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    byte[] body = body(random);
                    Allocation.bounded(body.length, () -> judge(body));
                });
    }

    @Test
    void an_event_and_a_dead_letter_are_one_line_of_json_each() {
        Fuzz.inputs(
                INPUTS,
                random -> {
                    WebhookDelivery delivery = delivery(random);
                    DeadLetter letter =
                            new DeadLetter(DeadLetter.Reason.INVALID_JSON, "why", delivery);

                    JsonNode line = line(new DeadLetterLines(), letter);
                    assertThat(line.required("body_base64").binaryValue())
                            .isEqualTo(delivery.body());
                    if (JsonText.problem(delivery.body()).isEmpty()) {
                        EventLines lines = new EventLines(new EventTime(Duration.ofMinutes(5)));
                        assertThat(line(lines, delivery).has("payload")).isTrue();
                    }
                });
    }

    private static void judge(byte[] body) throws IOException {
        String problem = JsonText.problem(body).orElse(null);
        if (problem != null) {
            assertThat(problem).startsWith("body: ").matches("[ -~]*");
            return;
        }
        String line = JsonText.onOneLine(body);
        assertThat(line).doesNotContain("\n", "\r");
        assertThat(JSON.readTree(line)).isEqualTo(JSON.readTree(body));
    }

    private static <T> JsonNode line(Encoder<T> encoder, T record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        encoder.encode(record, out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).endsWith("\n").containsOnlyOnce("\n");
        return JSON.readTree(text);
    }

    private static WebhookDelivery delivery(SplittableRandom random) {
        return aDelivery()
                .ofEvent(Damage.of("evt_1", random))
                .ofType(Damage.of("order.paid", random))
                .from(Damage.of("acct", random))
                .at(Instant.ofEpochSecond(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L)))
                .withBody(body(random))
                .build();
    }

    private static byte[] body(SplittableRandom random) {
        String valid = BODIES.get(random.nextInt(BODIES.size()));
        byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? bytes : Damage.of(bytes, random);
    }
}
