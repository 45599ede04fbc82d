/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets a delivery pass whose body is one JSON text, and the record of one that was shed, which has
 * none; every other one becomes a dead letter. Chained to the source, task thread; keeps no state
 * and never throws for what a sender sent.
 */
final class ParseJson extends ProcessFunction<WebhookDelivery, WebhookDelivery> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<DeadLetter> deadLetters;
    private transient Counter parsed;
    private transient Counter invalid;

    ParseJson(OutputTag<DeadLetter> deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        parsed = JobMetric.PARSED.register(getRuntimeContext());
        invalid = JobMetric.INVALID.register(getRuntimeContext());
    }

    @Override
    public void processElement(
            WebhookDelivery delivery, Context context, Collector<WebhookDelivery> out) {
        if (delivery.isShed()) {
            out.collect(delivery);
            return;
        }
        JsonText.problem(delivery.body())
                .ifPresentOrElse(
                        problem -> {
                            invalid.inc();
                            context.output(
                                    deadLetters,
                                    new DeadLetter(
                                            DeadLetter.Reason.INVALID_JSON, problem, delivery));
                        },
                        () -> {
                            parsed.inc();
                            out.collect(delivery);
                        });
    }
}
