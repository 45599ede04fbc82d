/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.jmh;

import io.webhookstreams.checkpoint.ByteBudget;
import io.webhookstreams.checkpoint.ByteShare;
import io.webhookstreams.checkpoint.Permit;
import io.webhookstreams.checkpoint.WeightedBudget;
import io.webhookstreams.connector.admission.Admission;
import io.webhookstreams.connector.admission.RateLimits;
import io.webhookstreams.connector.admission.TokenBucket;
import io.webhookstreams.connector.config.SettingsResolver;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.lane.QueueBudget;
import io.webhookstreams.connector.lane.QueuePlace;

import org.apache.flink.configuration.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a request passes before it is let in, alone on one thread: room to be held, a place in the
 * queue, a rate limit; each beside one number that is counted up and down.
 */
@State(Scope.Thread)
public class Admissions {

    private static final String STREAM = "bench";
    private static final int WIRE_BYTES = 1_500;

    private final AtomicLong counter = new AtomicLong();
    private final SourceSettings settings = settings();
    private final ByteShare room = room();
    private final QueueBudget queue = new QueueBudget(settings);
    private final RateLimits limits =
            new RateLimits(settings.streams().get(0).access(), System::nanoTime);

    private static SourceSettings settings() {
        Map<String, String> stream =
                Map.of(
                        "path", "/in/bench",
                        "auth.type", "none",
                        "event-id", "none",
                        "rate-limit.stream.rate", "1000000/s");
        return SettingsResolver.resolve(
                "bench",
                new Configuration(),
                new Configuration(),
                Map.of(STREAM, Configuration.fromMap(stream)),
                List.of());
    }

    private static ByteShare room() {
        WeightedBudget held = new WeightedBudget(new ByteBudget("held", 1 << 28));
        held.divide(Map.of(STREAM, 1));
        return held.share(STREAM);
    }

    @Benchmark
    public long bare() {
        counter.addAndGet(WIRE_BYTES);
        return counter.addAndGet(-WIRE_BYTES);
    }

    @Benchmark
    public long heldAndGivenBack() {
        try (Permit permit = Admission.hold(room)) {
            return permit.bytes();
        }
    }

    @Benchmark
    public boolean queuedAndGivenBack() {
        boolean over = queue.of(STREAM).isOverHighWater();
        try (QueuePlace place = queue.tryTake(STREAM, WIRE_BYTES)) {
            return over || place == null;
        }
    }

    @Benchmark
    public Object rateTakenAndGivenBack() {
        TokenBucket bucket = limits.stream();
        Object wait = bucket.take();
        bucket.giveBack();
        return wait;
    }
}
