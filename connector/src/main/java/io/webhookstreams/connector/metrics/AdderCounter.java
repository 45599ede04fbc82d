/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.metrics;

import org.apache.flink.metrics.Counter;

import java.util.concurrent.atomic.LongAdder;

/** A counter for many threads; Flink's simple one is for the task thread alone. */
public final class AdderCounter implements Counter {

    private final LongAdder sum = new LongAdder();

    @Override
    public void inc() {
        sum.increment();
    }

    @Override
    public void inc(long n) {
        sum.add(n);
    }

    @Override
    public void dec() {
        sum.decrement();
    }

    @Override
    public void dec(long n) {
        sum.add(-n);
    }

    @Override
    public long getCount() {
        return sum.sum();
    }
}
