/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster.probe;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Counts, checkpoints and never ends. */
public final class CountingJob {

    private CountingJob() {}

    public static void main(String[] args) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(200);
        env.fromSequence(0, Long.MAX_VALUE - 1)
                .map(new Slowly())
                .rebalance()
                .sinkTo(new DiscardingSink<>());
        env.execute("counting");
    }
}
