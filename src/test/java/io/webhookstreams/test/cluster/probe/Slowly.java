/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster.probe;

import org.apache.flink.api.common.functions.MapFunction;

import java.util.concurrent.locks.LockSupport;

/** Leaves the processor to others. */
final class Slowly implements MapFunction<Long, Long> {

    private static final long serialVersionUID = 1L;

    @Override
    public Long map(Long value) {
        LockSupport.parkNanos(10_000_000);
        return value;
    }
}
