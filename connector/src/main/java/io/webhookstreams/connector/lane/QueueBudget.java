/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.lane;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.PolicyOptions.Policy;
import io.webhookstreams.connector.WebhookDeliveryWire;
import io.webhookstreams.connector.config.PolicySettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.annotation.Nullable;

/**
 * The bytes that a reader queues, divided among its streams by their weights ({@link
 * WeightedBudget} has the rule). What is new must fit. What was restored is taken whatever it
 * needs, since it has been answered already: after a change of parallelism, one reader may be given
 * what two had queued. Until that has been emitted, nothing is let in beyond what is guaranteed to
 * the other streams. Any thread; never waits.
 */
public final class QueueBudget {

    /** What a queued delivery costs beside its wire form: the objects that hold it. */
    private static final int BYTES_PER_DELIVERY = 128;

    /** Of deliveries whose stream is not configured any more. */
    private static final PolicySettings NO_POLICY =
            new PolicySettings(
                    Policy.QUEUE, 1, Integer.MAX_VALUE, 1, 0.5, Duration.ZERO, 0, 1, null);

    private final WeightedBudget queued;
    private volatile Map<String, StreamQueue> streams = Map.of();
    private final StreamQueue others;

    /** For one reader of a source. */
    public QueueBudget(SourceSettings source) {
        this(source.queueMaxBytes(), source.streams());
    }

    /** Divides so many bytes among streams. */
    public QueueBudget(long limitBytes, List<StreamSettings> settings) {
        queued = new WeightedBudget(new ByteBudget("queued", limitBytes));
        divide(settings);
        others = new StreamQueue(queued.share(""), NO_POLICY);
    }

    /**
     * Divides anew, among streams that have changed. What is queued stays so, and counts for its
     * stream.
     */
    public synchronized void divide(List<StreamSettings> settings) {
        queued.divide(
                settings.stream()
                        .collect(Collectors.toMap(StreamSettings::name, s -> s.policy().weight())));
        Map<String, StreamQueue> queues = new HashMap<>();
        for (StreamSettings stream : settings) {
            String name = stream.name();
            StreamQueue before = streams.get(name);
            queues.put(
                    name,
                    before == null
                            ? new StreamQueue(queued.share(name), stream.policy())
                            : before.under(stream.policy()));
        }
        streams = Map.copyOf(queues);
    }

    /**
     * A place for a new delivery of a stream; null when there is no room, or its policy refuses.
     */
    @Nullable
    public QueuePlace tryTake(String stream, int wireBytes) {
        return of(stream).tryTake(cost(wireBytes));
    }

    /**
     * Whether so many more deliveries of a stream, with so many bytes of wire form in all, would
     * find room before its policy acts.
     */
    public boolean hasRoomFor(String stream, int deliveries, long wireBytes) {
        return of(stream)
                .hasRoomFor(deliveries, wireBytes + (long) deliveries * BYTES_PER_DELIVERY);
    }

    /** The stream's part; of an unknown stream, what all unknown ones have in common. */
    public StreamQueue of(String stream) {
        return streams.getOrDefault(stream, others);
    }

    /** Bytes of all that is queued. */
    public long used() {
        return queued.used();
    }

    QueuePlace takeForRestored(byte[] wire) {
        return of(WebhookDeliveryWire.streamOf(wire)).takeForRestored(cost(wire.length));
    }

    /** Whether anything is queued that is charged to no stream that is configured. */
    boolean holdsOthers() {
        return others.deliveries() > 0;
    }

    /** The delivery, charged to its stream if it was charged to none that is configured. */
    QueuedDelivery attributed(QueuedDelivery delivery) {
        StreamQueue queue = of(WebhookDeliveryWire.streamOf(delivery.wire()));
        if (queue == others || !delivery.place().isIn(others)) {
            return delivery;
        }
        delivery.place().close();
        return new QueuedDelivery(
                delivery.wire(), queue.takeForRestored(cost(delivery.wire().length)));
    }

    /** What a delivery is charged while it is queued. */
    public static long cost(int wireBytes) {
        return (long) wireBytes + BYTES_PER_DELIVERY;
    }
}
