/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParseJsonTest {

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));

    private OneInputStreamOperatorTestHarness<WebhookDelivery, WebhookDelivery> stage;

    @BeforeEach
    void open() throws Exception {
        stage = ProcessFunctionTestHarnesses.forProcessFunction(new ParseJson(DEAD_LETTERS));
    }

    @AfterEach
    void close() throws Exception {
        stage.close();
    }

    @Test
    void json_passes_as_it_is() throws Exception {
        WebhookDelivery delivery = aDelivery().withBody("{\"a\": 1}").build();
        stage.processElement(delivery, 0);

        assertThat(stage.extractOutputValues()).containsExactly(delivery);
        assertThat(stage.getSideOutput(DEAD_LETTERS)).isNull();
    }

    @Test
    void the_record_of_a_shed_event_passes_without_a_body() throws Exception {
        WebhookDelivery shed = aDelivery().shed(9).build();
        stage.processElement(shed, 0);

        assertThat(stage.extractOutputValues()).containsExactly(shed);
        assertThat(stage.getSideOutput(DEAD_LETTERS)).isNull();
    }

    @Test
    void what_is_not_json_becomes_a_dead_letter_with_the_original_bytes() throws Exception {
        WebhookDelivery delivery = aDelivery().withBody("{\"a\": ").build();
        stage.processElement(delivery, 0);

        assertThat(stage.extractOutputValues()).isEmpty();
        assertThat(stage.getSideOutput(DEAD_LETTERS))
                .extracting(StreamRecord::getValue)
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.INVALID_JSON);
                            assertThat(letter.delivery()).isEqualTo(delivery);
                        });
    }
}
