/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench.peers.kafka;

import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The Flink job that reads the topic. Arguments: the broker's address, data directory, interval in ms. */
public final class Reading {

    public static void main(String[] arguments) throws Exception {
        Configuration flink = new Configuration();
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(Long.parseLong(arguments[2])));
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, Path.of(arguments[1]).toUri().toString());
        flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        flink.set(RestOptions.BIND_PORT, "0");
        // The job is halted between its turns.
        flink.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofHours(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(flink).setParallelism(1);
        KafkaSource<byte[]> source =
                KafkaSource.<byte[]>builder()
                        .setBootstrapServers(arguments[0])
                        .setTopics(Broker.TOPIC)
                        .setGroupId("bench")
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setValueOnlyDeserializer(new Bytes())
                        .build();
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "kafka").sinkTo(new DiscardingSink<>());
        env.executeAsync("reading");
        System.out.println("listening none");
        System.out.flush();
        Thread.currentThread().join();
    }

    private static final class Bytes extends AbstractDeserializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] deserialize(byte[] message) {
            return message;
        }
    }

    private Reading() {}
}
