/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import static io.webhookstreams.jobs.pipeline.TestDelivery.NOW;
import static io.webhookstreams.jobs.pipeline.TestDelivery.aDelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.jobs.TestJob;
import io.webhookstreams.jobs.WebhooksGraph;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/** The whole pipeline with a source that ends, so that every file is finished. */
class PipelineITCase {

    @TempDir Path data;

    @Test
    void every_delivery_comes_out_once_where_it_belongs() throws Exception {
        run(
                aDelivery().ofEvent("evt_1").ofType("created").withBody("{\"n\": 1}").build(),
                aDelivery().ofEvent("evt_2").ofType("created").withBody("{\"n\": 2}").build(),
                aDelivery().ofEvent("evt_1").ofType("created").withBody("{\"n\": 1}").build(),
                aDelivery().ofEvent("evt_1").ofType("created").withBody("{\"n\": 9}").build(),
                aDelivery().ofEvent("evt_3").withBody("not json").build(),
                aDelivery().ofEvent("evt_4").shed(9).build(),
                aDelivery().of("refunds").receivedAt(NOW.plusSeconds(86_400)).build());

        assertThat(TestJob.lines(data.resolve("output/events/stream=orders/day=2026-11-23")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("evt_1", "\"payload\":{\"n\":1}"))
                .anySatisfy(line -> assertThat(line).contains("evt_2"));
        assertThat(TestJob.lines(data.resolve("output/events/stream=refunds/day=2026-11-24")))
                .hasSize(1);
        assertThat(TestJob.lines(data.resolve("output/dead-letters")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("\"id_conflict\"", "evt_1"))
                .anySatisfy(line -> assertThat(line).contains("\"invalid_json\"", "evt_3"));
        assertThat(TestJob.lines(data.resolve("output/shed/stream=orders/day=2026-11-23")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"high_water\"", "evt_4"));
        assertThat(TestJob.lines(data.resolve("output/counts")))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("\"created\"", "\"count\":2"));
        assertThat(TestJob.lines(data.resolve("output/late"))).isEmpty();
    }

    private void run(WebhookDelivery... deliveries) throws Exception {
        Configuration flink = WebhooksGraph.environment(TestJob.settings(data));
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                data.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        env.setParallelism(1);
        Pipeline pipeline = new Pipeline(TestJob.settings(data).pipeline());
        pipeline.addTo(
                env.fromData(TypeInformation.of(WebhookDelivery.class), deliveries)
                        .setParallelism(1)
                        .assignTimestampsAndWatermarks(pipeline.watermarks()));
        env.execute();
    }
}
