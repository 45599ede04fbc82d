/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.TestJob;
import io.webhookstreams.jobs.WebhooksGraph;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.NonChainedOutput;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.KeyGroupStreamPartitioner;
import org.apache.flink.streaming.runtime.partitioner.RebalancePartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class PipelineGraphTest {

    @TempDir Path output;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void unaligned_checkpoints_are_possible_on_every_edge_between_source_and_sinks(
            int parallelism) {
        List<NonChainedOutput> edges = new ArrayList<>();
        graph(parallelism)
                .getJobGraph()
                .getVertices()
                .forEach(
                        vertex ->
                                edges.addAll(
                                        new StreamConfig(vertex.getConfiguration())
                                                .getVertexNonChainedOutputs(
                                                        getClass().getClassLoader())));

        assertThat(edges)
                .as(
                        "%s",
                        edges.stream()
                                .map(e -> e.getPartitioner() + " " + e.getSourceNodeId())
                                .toList())
                .hasSize(4)
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
    void every_operator_has_a_uid_of_its_own() {
        List<String> uids =
                graph(2).getStreamNodes().stream().map(StreamNode::getTransformationUID).toList();

        assertThat(uids)
                .doesNotContainNull()
                .doesNotHaveDuplicates()
                .contains(
                        Uids.PARSE,
                        Uids.DEDUPLICATE,
                        Uids.TO_COUNTED_EVENT,
                        Uids.COUNT,
                        Uids.EVENTS,
                        "Sink Committer: " + Uids.EVENTS);
    }

    private StreamGraph graph(int parallelism) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        WebhooksGraph.environment(TestJob.settings(output)));
        env.setParallelism(parallelism);
        Pipeline pipeline = new Pipeline(TestJob.settings(output).pipeline());
        pipeline.addTo(
                env.fromData(TypeInformation.of(WebhookDelivery.class), aDelivery().build())
                        .setParallelism(parallelism)
                        .uid(Uids.SOURCE)
                        .assignTimestampsAndWatermarks(pipeline.watermarks())
                        .uid("watermarks"));
        return env.getStreamGraph();
    }
}
