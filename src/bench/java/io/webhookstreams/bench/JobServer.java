/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import io.webhookstreams.jobs.WebhooksGraph;
import io.webhookstreams.jobs.config.JobDefinition;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.nio.file.Path;

/** The whole job as a cluster runs it. */
final class JobServer {

    /**
     * Arguments: port of the configuration file (the next two are those of health and of Flink's
     * REST interface), the file, data directory.
     */
    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        TestedFlink.configuration(
                                Path.of(arguments[2]).resolve("checkpoints"), port + 2));
        WebhooksGraph.addTo(env, JobDefinition.load(Path.of(arguments[1])));
        env.executeAsync(WebhooksGraph.JOB_NAME);
        Ready.await(port + 1);
        Ready.announce("http://127.0.0.1:" + port);
        Thread.currentThread().join();
    }

    private JobServer() {}
}
