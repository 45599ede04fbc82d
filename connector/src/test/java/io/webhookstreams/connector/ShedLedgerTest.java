/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;

class ShedLedgerTest {

    private OneInputStreamOperatorTestHarness<WebhookDelivery, WebhookDelivery> split;

    @BeforeEach
    void open() throws Exception {
        split = ProcessFunctionTestHarnesses.forProcessFunction(new ShedLedger.Split());
    }

    @AfterEach
    void close() throws Exception {
        split.close();
    }

    @Test
    void deliveries_pass_and_records_of_shed_ones_go_to_the_side_output() throws Exception {
        WebhookDelivery kept = Deliveries.full();
        WebhookDelivery shed = shed(kept);
        split.processElement(kept, 0);
        split.processElement(shed, 0);

        assertThat(split.extractOutputValues()).containsExactly(kept);
        assertThat(split.getSideOutput(ShedLedger.SHED))
                .extracting(StreamRecord::getValue)
                .containsExactly(shed);
    }

    @Test
    void both_outputs_are_deliveries() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        SingleOutputStreamOperator<WebhookDelivery> kept =
                ShedLedger.split(env.fromData(WebhookDeliveryTypeInfo.INSTANCE, Deliveries.full()));

        assertThat(kept.getType()).isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
        assertThat(kept.getSideOutput(ShedLedger.SHED).getType())
                .isEqualTo(WebhookDeliveryTypeInfo.INSTANCE);
    }

    private static WebhookDelivery shed(WebhookDelivery delivery) throws IOException {
        return WebhookDeliveryWire.read(
                WebhookDeliveryWire.shedOf(delivery, 0.1, ShedLedger.HIGH_WATER));
    }
}
