/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.lane.Head;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;

/** A schema is foreign code. */
class ExpanderTest {

    private final SimpleCounter errors = new SimpleCounter();

    @Test
    void a_schema_that_exhausts_the_stack_concerns_one_delivery() throws IOException {
        assertThat(
                        expander(
                                        delivery -> {
                                            throw new StackOverflowError();
                                        })
                                .expand(head())
                                .isDone())
                .isTrue();
        assertThat(errors.getCount()).isEqualTo(1);
    }

    @Test
    void records_collected_before_the_failure_are_dropped_with_the_delivery() throws IOException {
        Emission<String> emission =
                expander(
                                delivery -> {
                                    throw new IOException("after a record");
                                })
                        .expand(head());

        assertThat(emission.isDone()).isTrue();
    }

    @Test
    void a_task_that_is_cancelled_inside_the_schema_drops_no_delivery() {
        assertThatThrownBy(
                        () ->
                                expander(
                                                delivery -> {
                                                    throw new InterruptedException();
                                                })
                                        .expand(head()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void an_error_of_the_jvm_is_not_a_delivery_that_cannot_be_read() {
        assertThatThrownBy(
                        () ->
                                expander(
                                                delivery -> {
                                                    throw new OutOfMemoryError("none left");
                                                })
                                        .expand(head()))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private Expander<String> expander(Failing failing) {
        return new Expander<>(new FailingSchema(failing), OnError.DROP, errors);
    }

    private static Head head() {
        QueueBudget budget = new QueueBudget(1 << 20, List.of());
        Lanes lanes = new Lanes(budget);
        lanes.add(LaneSplit.fresh(0));
        byte[] wire = WebhookDeliveryWire.copyOf(Deliveries.draft("a"));
        lanes.append(0, wire, budget.tryTake("orders", wire.length));
        return lanes.next();
    }

    private interface Failing {
        void read(WebhookDelivery delivery) throws Exception;
    }

    /** Collects a record, then fails. */
    private static final class FailingSchema implements WebhookDeserializationSchema<String> {
        private static final long serialVersionUID = 1L;

        private final transient Failing failing;

        FailingSchema(Failing failing) {
            this.failing = failing;
        }

        @Override
        public void deserialize(WebhookDelivery delivery, Collector<String> out) throws Exception {
            out.collect("a record");
            failing.read(delivery);
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }
}
