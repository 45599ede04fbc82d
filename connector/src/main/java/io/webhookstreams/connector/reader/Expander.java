/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.lane.Head;

import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes records of a delivery, and of one that cannot be read what the source says. Task thread.
 */
final class Expander<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Expander.class);

    private final WebhookDeserializationSchema<T> schema;
    private final OnError onError;
    private final Counter errors;

    Expander(WebhookDeserializationSchema<T> schema, OnError onError, Counter errors) {
        this.schema = schema;
        this.onError = onError;
        this.errors = errors;
    }

    /**
     * The records of the delivery at the head.
     *
     * @throws IOException if the delivery cannot be read, or its bytes are none of ours
     */
    Emission<T> expand(Head head) throws IOException {
        WebhookDelivery delivery = WebhookDeliveryWire.read(head.wire());
        return new Emission<>(head, recordsOf(delivery), timestampOf(delivery).toEpochMilli());
    }

    // A schema is foreign code: whatever it throws concerns one delivery. A body that is nested
    // deeply can exhaust the stack, which the sender must not be able to fail the job with.
    private List<T> recordsOf(WebhookDelivery delivery) throws IOException {
        ListCollector<T> collected = new ListCollector<>(new ArrayList<>());
        try {
            if (delivery.isShed()) {
                return List.of(schema.shedRecord(delivery));
            }
            schema.deserialize(delivery, collected);
            return collected.records();
        } catch (InterruptedException e) {
            // The task is being cancelled, which says nothing about the delivery.
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + delivery);
        } catch (Exception | StackOverflowError e) {
            errors.inc();
            return recordsInsteadOf(delivery, e);
        }
    }

    private List<T> recordsInsteadOf(WebhookDelivery delivery, Throwable cause) throws IOException {
        // The message of the cause may quote the body: records carry it, logs do not.
        LOG.debug("{} cannot be read, {}: {}", delivery, onError, cause.getClass().getName());
        return switch (onError) {
            case EMIT -> List.of(schema.errorRecord(delivery, cause));
            case DROP -> List.of();
            case FAIL ->
                    throw new IOException(
                            delivery
                                    + " cannot be read (expected: on-error emit or drop, to go on)",
                            cause);
        };
    }

    private static Instant timestampOf(WebhookDelivery delivery) {
        return delivery.eventTime() == null ? delivery.receivedAt() : delivery.eventTime();
    }

    private record ListCollector<T>(List<T> records) implements Collector<T> {
        @Override
        public void collect(T element) {
            records.add(element);
        }

        @Override
        public void close() {}
    }
}
