/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.payload.BodySchema;
import io.webhookstreams.connector.payload.DeliverySchema;
import io.webhookstreams.connector.payload.ResultSchema;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import java.io.Serializable;

/**
 * Turns one delivery into any number of records. Used by one reader at a time, on the task's
 * thread, and never by Jetty's: a sender's answer does not depend on it.
 *
 * <p>It must be deterministic. A checkpoint that falls inside a batch remembers how many records of
 * the delivery were emitted; after a restore the delivery is expanded again and that many records
 * are skipped.
 *
 * <p>What becomes of a delivery for which it throws is the source's {@link SourceOptions#ON_ERROR}.
 * Records that it collected before it threw are dropped, so that a delivery is either read or not.
 */
@PublicEvolving
public interface WebhookDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once, before the first delivery. */
    default void open(InitializationContext context) throws Exception {}

    /** Collects the records of one delivery. Any exception means: it cannot be read. */
    void deserialize(WebhookDelivery delivery, Collector<T> out) throws Exception;

    /** Whether {@link #errorRecord} is implemented, which {@code on-error: emit} needs. */
    default boolean emitsErrors() {
        return false;
    }

    /**
     * The one record that stands for a delivery that could not be read. Must not throw, and must
     * not depend on more than its arguments' content.
     */
    default T errorRecord(WebhookDelivery delivery, Throwable cause) {
        throw new UnsupportedOperationException(
                getClass().getName() + " emits no error records, as emitsErrors() says");
    }

    /** Whether {@link #shedRecord} is implemented, which {@code shed.ledger: true} needs. */
    default boolean emitsShed() {
        return false;
    }

    /**
     * The one record that stands for a delivery that was shed, which {@link #deserialize} never
     * sees. Must not throw, and must not depend on more than its argument's content.
     *
     * @param shed {@link WebhookDelivery#isShed}: everything but its body and headers
     */
    default T shedRecord(WebhookDelivery shed) {
        throw new UnsupportedOperationException(
                getClass().getName() + " emits no records of shed events, as emitsShed() says");
    }

    /** The deliveries themselves: one record each, never an error. */
    static WebhookDeserializationSchema<WebhookDelivery> deliveries() {
        return new DeliverySchema();
    }

    /**
     * Any of Flink's schemas, applied to the body. It emits no error records: see {@link #results}.
     */
    static <T> WebhookDeserializationSchema<T> of(DeserializationSchema<T> schema) {
        return new BodySchema<>(schema);
    }

    /** Wraps the records of another schema, and what it cannot read, as {@link WebhookResult}s. */
    static <T> WebhookDeserializationSchema<WebhookResult<T>> results(
            WebhookDeserializationSchema<T> schema) {
        return new ResultSchema<>(schema);
    }
}
