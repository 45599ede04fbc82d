/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.ShedLedger;
import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Set;

/**
 * Lets the first delivery of each event pass and remembers the digest of its body for the time to
 * live, counted from that first delivery. Later deliveries of the same event id are duplicates and
 * dropped; with another body they are dead letters, which leave the memory as it is, unless the
 * vendor is known to change the body on a retry. A delivery without an event id always passes, and
 * so does every one of a stream that is not deduplicated.
 *
 * <p>The record of a shed delivery is treated as the delivery would have been, and goes to {@link
 * ShedLedger#SHED} where that would have passed: so of an event's attempts the first one decides
 * whether it was kept or shed. It never becomes a dead letter, for it has no body to mend.
 *
 * <p>Keyed by {@link EventKey}, task thread.
 */
final class Deduplicate extends KeyedProcessFunction<String, WebhookDelivery, WebhookDelivery> {

    private static final long serialVersionUID = 1L;
    private static final long ENTRIES_BETWEEN_CLOCK_READS = 1000;

    private final Duration timeToLive;
    private final Set<String> streamsWithChangingBodies;
    private final Set<String> schemesWithChangingBodies;
    private final Set<String> streamsNotDeduplicated;
    private final OutputTag<DeadLetter> deadLetters;

    private transient ValueState<byte[]> seenDigest;
    private transient Counter duplicates;
    private transient Counter conflicts;

    Deduplicate(
            Duration timeToLive,
            Set<String> streamsWithChangingBodies,
            Set<String> schemesWithChangingBodies,
            Set<String> streamsNotDeduplicated,
            OutputTag<DeadLetter> deadLetters) {
        this.timeToLive = timeToLive;
        this.streamsWithChangingBodies = Set.copyOf(streamsWithChangingBodies);
        this.schemesWithChangingBodies = Set.copyOf(schemesWithChangingBodies);
        this.streamsNotDeduplicated = Set.copyOf(streamsNotDeduplicated);
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<byte[]> digest =
                new ValueStateDescriptor<>(
                        "seen-digest", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
        digest.enableTimeToLive(
                StateTtlConfig.newBuilder(timeToLive)
                        .cleanupInRocksdbCompactFilter(ENTRIES_BETWEEN_CLOCK_READS)
                        .build());
        seenDigest = getRuntimeContext().getState(digest);
        duplicates = JobMetric.DUPLICATES.register(getRuntimeContext());
        conflicts = JobMetric.CONFLICTS.register(getRuntimeContext());
    }

    @Override
    public void processElement(
            WebhookDelivery delivery, Context context, Collector<WebhookDelivery> out)
            throws Exception {
        if (delivery.eventId() == null || streamsNotDeduplicated.contains(delivery.stream())) {
            pass(delivery, context, out);
            return;
        }
        byte[] seen = seenDigest.value();
        if (seen == null) {
            seenDigest.update(delivery.bodyDigest());
            pass(delivery, context, out);
        } else if (isDuplicate(delivery, seen)) {
            duplicates.inc();
        } else {
            conflicts.inc();
            conflict(delivery, context);
        }
    }

    private static void pass(
            WebhookDelivery delivery, Context context, Collector<WebhookDelivery> out) {
        if (delivery.isShed()) {
            context.output(ShedLedger.SHED, delivery);
        } else {
            out.collect(delivery);
        }
    }

    private void conflict(WebhookDelivery delivery, Context context) {
        if (delivery.isShed()) {
            context.output(ShedLedger.SHED, delivery);
        } else {
            context.output(deadLetters, conflict(delivery));
        }
    }

    private boolean isDuplicate(WebhookDelivery delivery, byte[] seen) {
        return streamsWithChangingBodies.contains(delivery.stream())
                || schemesWithChangingBodies.contains(delivery.authScheme())
                || MessageDigest.isEqual(seen, delivery.bodyDigest());
    }

    private static DeadLetter conflict(WebhookDelivery delivery) {
        return new DeadLetter(
                DeadLetter.Reason.ID_CONFLICT,
                "body: another one than that of the first delivery with this event id (expected:"
                        + " the same bytes)",
                delivery);
    }
}
