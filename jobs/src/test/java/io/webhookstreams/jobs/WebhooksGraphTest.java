/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webhookstreams.connector.InvalidSettingsException;
import io.webhookstreams.jobs.pipeline.Uids;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.RebalancePartitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The graph as it is submitted, walked edge by edge. */
class WebhooksGraphTest {

    private static final String CONFIGURATION =
            """
            streams:
              orders:
                path: /in/orders
                auth: {type: none}
                event-id: json:/id
            """;

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("webhooks.yaml"), CONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void unaligned_checkpoints_are_possible_on_every_edge_between_source_and_sinks(int parallelism)
            throws IOException {
        List<NonChainedOutput> edges =
                graph(parallelism)
                        .getJobGraph()
                        .getVerticesSortedTopologicallyFromSources()
                        .stream()
                        .flatMap(
                                vertex ->
                                        new StreamConfig(vertex.getConfiguration())
                                                        .getVertexNonChainedOutputs(
                                                                getClass().getClassLoader())
                                                        .stream())
                        .toList();

        assertThat(edges)
                .hasSize(5)
                .allSatisfy(
                        edge -> {
                            assertThat(edge.supportsUnalignedCheckpoints()).isTrue();
                            assertThat(edge.getPartitioner())
                                    .isInstanceOfAny(
                                            KeyGroupStreamPartitioner.class,
                                            RebalancePartitioner.class);
                        });
    }

    @Test
    void every_operator_has_its_fixed_uid() throws IOException {
        assertThat(graph(2).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrder(
                        Uids.SOURCE,
                        Uids.PARSE,
                        Uids.DEDUPLICATE,
                        Uids.TO_COUNTED_EVENT,
                        Uids.COUNT,
                        Uids.EVENTS,
                        Uids.COUNTS,
                        Uids.LATE,
                        Uids.DEAD_LETTERS,
                        Uids.SHED,
                        "Sink Committer: " + Uids.EVENTS,
                        "Sink Committer: " + Uids.COUNTS,
                        "Sink Committer: " + Uids.LATE,
                        "Sink Committer: " + Uids.DEAD_LETTERS,
                        "Sink Committer: " + Uids.SHED);
    }

    @Test
    void the_settings_are_those_that_the_promise_needs() throws IOException {
        StreamExecutionEnvironment env = environment();
        WebhooksJob.addTo(env, file);

        var settings = env.getConfiguration();
        assertThat(settings.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(settings.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("rocksdb");
        assertThat(settings.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        assertThat(settings.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo(folder.resolve("data/checkpoints").toUri().toString());
        assertThat(env.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isTrue();
        assertThat(env.getCheckpointConfig().getCheckpointInterval()).isEqualTo(500);
        assertThat(env.getCheckpointConfig().getTolerableCheckpointFailureNumber()).isPositive();
        assertThat(env.getCheckpointConfig().getExternalizedCheckpointRetention())
                .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    }

    @Test
    void the_clusters_checkpoint_directory_stays_unless_the_file_names_another()
            throws IOException {
        StreamExecutionEnvironment env = environment();
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "file:///cluster");
        env.configure(cluster);
        WebhooksJob.addTo(env, file);
        assertThat(env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("file:///cluster");

        Files.writeString(file, CONFIGURATION + "job: {checkpoint-dir: 'file:///mine'}\n");
        WebhooksJob.addTo(env, file);
        assertThat(env.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY))
                .isEqualTo("file:///mine");
    }

    @Test
    void an_interval_that_fits_no_deadline_is_refused() throws IOException {
        Files.writeString(file, CONFIGURATION + "job: {checkpoint-interval: 1 min}\n");

        assertThatThrownBy(() -> WebhooksJob.addTo(environment(), file))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("execution.checkpointing.interval: 60000 ms");
    }

    private StreamGraph graph(int parallelism) throws IOException {
        StreamExecutionEnvironment env = environment();
        env.setParallelism(parallelism);
        WebhooksJob.addTo(env, file);
        return env.getStreamGraph();
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
    }
}
