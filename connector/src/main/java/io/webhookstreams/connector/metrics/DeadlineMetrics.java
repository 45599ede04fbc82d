/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What is left of a stream's deadline, in one reader. Any thread. */
public final class DeadlineMetrics {

    private final Supplier<Duration> deadline;
    private final LongSupplier nanosToDurable;

    /**
     * @param deadline the stream's, as it is now
     * @param nanosToDurable how long a delivery waits that comes at the worst instant
     */
    public DeadlineMetrics(Supplier<Duration> deadline, LongSupplier nanosToDurable) {
        this.deadline = deadline;
        this.nanosToDurable = nanosToDurable;
    }

    /** Shows it in a reader's group. */
    public void registerIn(MetricGroup reader, String stream) {
        reader.addGroup("stream", stream)
                .gauge(MetricDefinition.DEADLINE_HEADROOM.metric(), (Gauge<Long>) this::headroom);
    }

    private long headroom() {
        return deadline.get().toMillis()
                - TimeUnit.NANOSECONDS.toMillis(nanosToDurable.getAsLong());
    }
}
