/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import io.webhookstreams.auth.Denied;
import io.webhookstreams.connector.ShedLedger;
import io.webhookstreams.connector.config.RateScope;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The metrics of one stream in one reader. Any thread; a reader that has gone takes its group with
 * it, after which counting goes on unseen.
 */
public final class StreamMetrics {

    private static final String OK = "ok";
    private static final String ACCEPTED = "accepted";
    private static final String SHED = "shed";

    private final AdderCounter received = new AdderCounter();
    private final AdderCounter receivedBytes = new AdderCounter();
    private final AdderCounter clientGone = new AdderCounter();
    private final AdderCounter eventIdFromDigest = new AdderCounter();
    private final AdderCounter coalescedPending = new AdderCounter();
    private final AdderCounter coalescedDurable = new AdderCounter();
    private final AdderCounter idConflicts = new AdderCounter();
    private final AdderCounter succeeded = new AdderCounter();
    private final AdderCounter accepted = new AdderCounter();
    private final AdderCounter shed = new AdderCounter();
    private final AdderCounter shedAnswered = new AdderCounter();
    private final AdderCounter pausedReads = new AdderCounter();
    private final AdderCounter handshakesAnswered = new AdderCounter();
    private final AdderCounter handshakesRefused = new AdderCounter();
    private final AdderCounter handshakesPending = new AdderCounter();
    private final Map<String, AdderCounter> refused = new HashMap<>();
    private final Map<String, AdderCounter> captured = new HashMap<>();
    private final Map<Denied.Cause, AdderCounter> denied = new EnumMap<>(Denied.Cause.class);
    private final Map<RateScope, AdderCounter> rateLimited = new EnumMap<>(RateScope.class);
    private final LongAdder held = new LongAdder();
    private final LongAdder pausedNow = new LongAdder();
    private final RecentHistogram timeToDurable;

    /**
     * @param codes of all refusals
     */
    public StreamMetrics(
            MetricGroup reader, String stream, List<String> codes, LongSupplier nanoClock) {
        this.timeToDurable = new RecentHistogram(nanoClock);
        MetricGroup group = reader.addGroup("stream", stream);
        registerTotals(group);
        registerByCode(group, codes);
        registerByCause(group);
        registerByResult(group);
        registerByLimit(group);
    }

    private void registerTotals(MetricGroup group) {
        group.counter(MetricDefinition.RECEIVED.metric(), received);
        group.counter(MetricDefinition.RECEIVED_BYTES.metric(), receivedBytes);
        group.counter(MetricDefinition.CLIENT_GONE.metric(), clientGone);
        group.counter(MetricDefinition.EVENT_ID_FROM_DIGEST.metric(), eventIdFromDigest);
        group.counter(MetricDefinition.COALESCED_PENDING.metric(), coalescedPending);
        group.counter(MetricDefinition.COALESCED_DURABLE.metric(), coalescedDurable);
        group.counter(MetricDefinition.ID_CONFLICTS.metric(), idConflicts);
        group.gauge(MetricDefinition.HELD_REQUESTS.metric(), (Gauge<Long>) held::sum);
        group.counter(MetricDefinition.PAUSED_READS.metric(), pausedReads);
        group.gauge(MetricDefinition.PAUSED_NOW.metric(), (Gauge<Long>) pausedNow::sum);
        group.histogram(MetricDefinition.TIME_TO_DURABLE.metric(), timeToDurable);
    }

    private void registerByCode(MetricGroup group, List<String> codes) {
        String name = MetricDefinition.ANSWERED.metric();
        group.addGroup("code", OK).counter(name, succeeded);
        group.addGroup("code", SHED).counter(name, shedAnswered);
        group.addGroup("code", ACCEPTED).counter(name, accepted);
        for (String code : codes) {
            refused.put(code, group.addGroup("code", code).counter(name, new AdderCounter()));
        }
    }

    private void registerByCause(MetricGroup group) {
        for (Denied.Cause cause : Denied.Cause.values()) {
            AdderCounter counter = new AdderCounter();
            group.addGroup("cause", cause.name().toLowerCase(Locale.ROOT))
                    .counter(MetricDefinition.AUTH_DENIED.metric(), counter);
            denied.put(cause, counter);
        }
    }

    private void registerByResult(MetricGroup group) {
        String name = MetricDefinition.HANDSHAKES.metric();
        group.addGroup("result", "answered").counter(name, handshakesAnswered);
        group.addGroup("result", "refused").counter(name, handshakesRefused);
        group.addGroup("result", "pending").counter(name, handshakesPending);
        for (String result : List.of("written", "dropped", "failed")) {
            AdderCounter counter = new AdderCounter();
            group.addGroup("result", result).counter(MetricDefinition.CAPTURES.metric(), counter);
            captured.put(result, counter);
        }
        group.addGroup("reason", ShedLedger.HIGH_WATER)
                .counter(MetricDefinition.SHED.metric(), shed);
    }

    private void registerByLimit(MetricGroup group) {
        for (RateScope scope : RateScope.values()) {
            AdderCounter counter = new AdderCounter();
            group.addGroup("limit", scope.label())
                    .counter(MetricDefinition.RATE_LIMITED.metric(), counter);
            rateLimited.put(scope, counter);
        }
    }

    public void handshakeAnswered() {
        handshakesAnswered.inc();
    }

    /** Besides its refusal. */
    public void handshakeRefused() {
        handshakesRefused.inc();
    }

    /** Its URL is not fetched yet: besides its refusal. */
    public void handshakePending() {
        handshakesPending.inc();
    }

    /** A refused request was to be kept, with this result. */
    public void captured(String result) {
        captured.get(result).inc();
    }

    /** A request was routed to the stream. */
    public void received() {
        received.inc();
    }

    /** A request was verified; its body has so many bytes. */
    public void verified(long bytes) {
        receivedBytes.inc(bytes);
    }

    public void denied(Denied.Cause cause) {
        denied.get(cause).inc();
    }

    /** A limit had no room for a request; besides its refusal. */
    public void rateLimited(RateScope scope) {
        rateLimited.get(scope).inc();
    }

    /** Its event id could not be read from the body, so the body's digest is its id. */
    public void identifiedByDigest() {
        eventIdFromDigest.inc();
    }

    /** A retry is answered with the delivery that is pending. */
    public void coalescedPending() {
        coalescedPending.inc();
    }

    /** A retry is answered at once. */
    public void coalescedDurable() {
        coalescedDurable.inc();
    }

    /** A delivery was appended whose event id is known with another body. */
    public void idConflict() {
        idConflicts.inc();
    }

    public void held() {
        held.increment();
    }

    /** Ends {@link #held}, however it ended. */
    public void released() {
        held.decrement();
    }

    public void durableAfter(long micros) {
        timeToDurable.update(micros);
    }

    public void succeeded() {
        succeeded.inc();
    }

    /** A success was the answer to a delivery that is not durable. */
    public void accepted() {
        accepted.inc();
    }

    /** An event was shed; its answer waits for the checkpoint. A retry of one is none. */
    public void shed() {
        shed.inc();
    }

    /** A success was the answer to a delivery that was shed, or to a retry of one. */
    public void shedAnswered() {
        shedAnswered.inc();
    }

    /** The reading of a body was put off. */
    public void paused() {
        pausedReads.inc();
        pausedNow.increment();
    }

    /** Ends {@link #paused}. */
    public void resumed() {
        pausedNow.decrement();
    }

    /** The refusal of this code was the answer. */
    public void refused(String code) {
        refused.get(code).inc();
    }

    public void clientGone() {
        clientGone.inc();
    }

    /** Requests held now. */
    public long heldNow() {
        return held.sum();
    }
}
