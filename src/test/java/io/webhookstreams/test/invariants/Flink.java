/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.invariants;

import io.webhookstreams.test.support.Await;

import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One JobManager and one TaskManager in this JVM, shared by all classes of a run. The test is what
 * triggers checkpoints.
 */
final class Flink implements BeforeAllCallback {

    static final Duration SOON = Duration.ofSeconds(60);

    private static final int SLOTS = 8;

    private MiniCluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) {
        cluster =
                context.getRoot()
                        .getStore(ExtensionContext.Namespace.GLOBAL)
                        .getOrComputeIfAbsent(Running.class, key -> new Running(), Running.class)
                        .cluster;
    }

    JobID submit(JobGraph graph) throws Exception {
        return get(cluster.submitJob(graph)).getJobID();
    }

    /** Triggers a checkpoint; done when it has completed or failed. */
    CompletableFuture<Long> triggerCheckpoint(JobID job) {
        return cluster.triggerCheckpoint(job, CheckpointType.DEFAULT);
    }

    /** The savepoint's path. */
    String stopWithSavepoint(JobID job, Path directory) throws Exception {
        String path =
                get(
                        cluster.stopWithSavepoint(
                                job,
                                directory.toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL));
        awaitStatus(job, JobStatus.FINISHED);
        return path;
    }

    /** Returns when the job has ended, now or before. */
    void cancel(JobID job) {
        if (!cluster.getJobStatus(job).join().isGloballyTerminalState()) {
            cluster.cancelJob(job).join();
        }
        cluster.requestJobResult(job).orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
    }

    AccessExecutionGraph executionGraph(JobID job) {
        return cluster.getExecutionGraph(job).join();
    }

    String restAddress() {
        return cluster.getRestAddress().join().toString();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitStatus(JobID job, JobStatus status) throws InterruptedException {
        Await.until("job: " + status, SOON, () -> cluster.getJobStatus(job).join() == status);
    }

    private static final class Running implements CloseableResource {

        private final MiniCluster cluster = new MiniCluster(configuration());

        Running() {
            try {
                cluster.start();
            } catch (Exception e) {
                throw new IllegalStateException("cluster: does not start", e);
            }
        }

        private static MiniClusterConfiguration configuration() {
            Configuration flink = new Configuration();
            flink.set(RestOptions.BIND_PORT, "0");
            flink.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "region");
            flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
            flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
            flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
            MetricOptions.forReporter(flink, "tests")
                    .set(MetricOptions.REPORTER_FACTORY_CLASS, Metrics.Factory.class.getName());
            return new MiniClusterConfiguration.Builder()
                    .setConfiguration(flink)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(SLOTS)
                    .build();
        }

        @Override
        public void close() throws Exception {
            cluster.close();
        }
    }
}
