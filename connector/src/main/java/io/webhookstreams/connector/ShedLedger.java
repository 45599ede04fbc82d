/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The ledger of streams with {@link PolicyOptions#SHED_LEDGER}: for each event that was shed and
 * answered, a {@link WebhookDelivery#isShed record} without its body. It is appended to the lane
 * where the event would have been, becomes durable with the checkpoint that the answer waits for,
 * and comes out of the source among the deliveries, each once.
 *
 * <p>Retries: an event can be shed more than once, or be kept at one attempt and shed at another,
 * where a failure or another TaskManager has come between. Whoever removes duplicate deliveries
 * does so before the ledger is parted from them: then the first that comes decides, and each event
 * is on one side.
 */
@PublicEvolving
public final class ShedLedger {

    /** The side output of {@link #split}. */
    public static final OutputTag<WebhookDelivery> SHED =
            new OutputTag<>("shed", WebhookDeliveryTypeInfo.INSTANCE);

    /** The reason so far: the stream was above its high water, or had no room. */
    public static final String HIGH_WATER = "high_water";

    private ShedLedger() {}

    /** Leaves the deliveries, and puts the ledger's records into the side output {@link #SHED}. */
    public static SingleOutputStreamOperator<WebhookDelivery> split(
            DataStream<WebhookDelivery> deliveries) {
        return deliveries
                .process(new Split(), WebhookDeliveryTypeInfo.INSTANCE)
                .name("part-shed-ledger");
    }

    static final class Split extends ProcessFunction<WebhookDelivery, WebhookDelivery> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(
                WebhookDelivery delivery, Context context, Collector<WebhookDelivery> out) {
            if (delivery.isShed()) {
                context.output(SHED, delivery);
            } else {
                out.collect(delivery);
            }
        }
    }
}
