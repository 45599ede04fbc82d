/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A sink in the test's own JVM whose every call takes a while, or one of whose calls does not
 * return until the test lets it.
 */
final class GatedSink implements Sink<WebhookDelivery> {

    private static final long serialVersionUID = 1L;

    /** The sink travels through serialization; what test and writer share stays here. */
    private static final Map<UUID, Shared> SHARED = new ConcurrentHashMap<>();

    private record Shared(CountDownLatch gate, List<String> written) {}

    private final UUID id = UUID.randomUUID();
    private final Duration perRecord;
    private final String gatedEvent;

    private GatedSink(Duration perRecord, String gatedEvent) {
        this.perRecord = perRecord;
        this.gatedEvent = gatedEvent;
        SHARED.put(id, new Shared(new CountDownLatch(1), new CopyOnWriteArrayList<>()));
    }

    static GatedSink slow(Duration perRecord) {
        return new GatedSink(perRecord, "");
    }

    static GatedSink stuckOn(String eventId) {
        return new GatedSink(Duration.ZERO, eventId);
    }

    void release() {
        SHARED.get(id).gate().countDown();
    }

    /** The event ids that were written, in order. */
    List<String> written() {
        return List.copyOf(SHARED.get(id).written());
    }

    @Override
    public SinkWriter<WebhookDelivery> createWriter(WriterInitContext context) {
        return new Writer(SHARED.get(id));
    }

    private final class Writer implements SinkWriter<WebhookDelivery> {

        private final Shared shared;

        private Writer(Shared shared) {
            this.shared = shared;
        }

        @Override
        public void write(WebhookDelivery delivery, Context context) throws InterruptedException {
            if (gatedEvent.equals(delivery.eventId())) {
                shared.gate().await();
            }
            long end = System.nanoTime() + perRecord.toNanos();
            for (long left = perRecord.toNanos(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            shared.written().add(delivery.eventId());
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
    }
}
