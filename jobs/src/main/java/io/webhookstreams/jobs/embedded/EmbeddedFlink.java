/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import io.webhookstreams.jobs.WebhooksGraph;
import io.webhookstreams.jobs.config.JobDefinition;
import io.webhookstreams.jobs.config.MetricsEndpoint;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.ErrorInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The job on a Flink in this process: one JobManager, one TaskManager, the web UI on 127.0.0.1
 * without submit and cancel. The checkpoint or savepoint that it resumes from belongs to it from
 * then on: it is deleted when newer ones have taken its place.
 */
public final class EmbeddedFlink implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";
    private static final int MOST_SUBTASKS_BY_DEFAULT = 4;
    private static final int RETAINED_CHECKPOINTS = 2;

    private final MiniCluster cluster;
    private final JobID job;
    private final Path savepoints;
    private final Optional<String> metrics;

    private EmbeddedFlink(
            MiniCluster cluster, JobID job, Path savepoints, Optional<String> metrics) {
        this.cluster = cluster;
        this.job = job;
        this.savepoints = savepoints;
        this.metrics = metrics;
    }

    /** Starts Flink and submits the job; does not wait until it runs. */
    public static EmbeddedFlink start(
            JobDefinition definition,
            StateDirectory state,
            Path temporary,
            Optional<ResumePoint> resumePoint)
            throws Exception {
        int parallelism = definition.settings().parallelism().orElse(defaultParallelism());
        Configuration flink = configuration(definition, state, temporary, parallelism);
        Optional<String> metrics = report(definition, flink);
        JobGraph graph = graph(definition, flink);
        resumePoint.ifPresent(point -> graph.setSavepointRestoreSettings(restoreFrom(point)));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(flink)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(parallelism)
                                .build());
        try {
            cluster.start();
            cluster.submitJob(graph).get();
            return new EmbeddedFlink(cluster, graph.getJobID(), state.savepoints(), metrics);
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    /** The web UI. */
    public URI webUi() throws Exception {
        return cluster.getRestAddress().get();
    }

    /** Where Prometheus finds the metrics, if it was asked for. */
    public Optional<String> metrics() {
        return metrics;
    }

    /** Completes when the job has ended, for whatever reason. */
    public CompletableFuture<JobResult> ended() {
        return cluster.requestJobResult(job);
    }

    /** Why the job was restarted last, if it was. */
    public Optional<String> lastFailure() throws Exception {
        return Optional.ofNullable(cluster.getExecutionGraph(job).get().getFailureInfo())
                .map(ErrorInfo::getExceptionAsString);
    }

    /** Stops the job; completes with the savepoint's path when it has ended. */
    public CompletableFuture<String> stopWithSavepoint() {
        return cluster.stopWithSavepoint(job, uri(savepoints), false, SavepointFormatType.NATIVE);
    }

    /** Stops Flink and the job, if it still runs; its checkpoints stay. */
    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    private static JobGraph graph(JobDefinition definition, Configuration flink) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
        WebhooksGraph.addTo(env, definition);
        return env.getStreamGraph().getJobGraph();
    }

    private static SavepointRestoreSettings restoreFrom(ResumePoint point) {
        return SavepointRestoreSettings.forPath(
                uri(point.directory()), false, RecoveryClaimMode.CLAIM);
    }

    private static Configuration configuration(
            JobDefinition definition, StateDirectory state, Path temporary, int parallelism) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        flink.set(CoreOptions.TMP_DIRS, temporary.toString());
        flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(state.checkpoints()));
        flink.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(state.savepoints()));
        flink.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        flink.set(RestOptions.ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_ADDRESS, LOOPBACK);
        flink.set(RestOptions.BIND_PORT, definition.settings().restPorts());
        flink.set(JobManagerOptions.ADDRESS, LOOPBACK);
        flink.set(JobManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(TaskManagerOptions.HOST, LOOPBACK);
        flink.set(TaskManagerOptions.BIND_HOST, LOOPBACK);
        flink.set(WebOptions.SUBMIT_ENABLE, false);
        flink.set(WebOptions.CANCEL_ENABLE, false);
        return flink;
    }

    /** Configures the reporter of the metrics, if they are asked for; their URL. */
    private static Optional<String> report(JobDefinition definition, Configuration flink)
            throws IOException {
        MetricsEndpoint metrics = definition.settings().metrics().orElse(null);
        if (metrics == null) {
            return Optional.empty();
        }
        String address = metrics.address();
        int port = FreePort.firstOf(address, metrics.ports());
        Configuration reporter = MetricOptions.forReporter(flink, "prometheus");
        reporter.set(
                MetricOptions.REPORTER_FACTORY_CLASS, PrometheusEndpointFactory.class.getName());
        reporter.setString(PrometheusEndpoint.ADDRESS, address);
        reporter.setString(PrometheusEndpoint.PORT, Integer.toString(port));
        // Streams keep the names that they have in the configuration.
        reporter.setString("filterLabelValueCharacters", "false");
        String host = address.contains(":") ? "[" + address + "]" : address;
        return Optional.of("http://" + host + ":" + port + "/metrics");
    }

    private static int defaultParallelism() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_SUBTASKS_BY_DEFAULT);
    }

    private static String uri(Path path) {
        return path.toAbsolutePath().toUri().toString();
    }
}
