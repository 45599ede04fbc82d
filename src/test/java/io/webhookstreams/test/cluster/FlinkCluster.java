/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One JobManager and some TaskManagers, each a JVM of its own, as a session cluster.
 *
 * <ol>
 *   <li>{@link #start} writes the configuration, starts the processes and returns when all
 *       TaskManagers are registered.
 *   <li>{@link #cli} submits and stops jobs, {@link #rest} tells their state.
 *   <li>{@link #killTaskManager} and {@link #startTaskManager} are the chaos.
 *   <li>{@link #close} kills every process; the logs stay in the cluster's directory.
 * </ol>
 *
 * Used from one thread.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private final ClusterDirectory directory;
    private final FlinkRest rest;
    private final FlinkCli cli;
    private final ChildProcess jobManager;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private int started;

    private FlinkCluster(ClusterDirectory directory, int restPort) {
        this.directory = directory;
        this.rest = new FlinkRest(restPort);
        this.cli = new FlinkCli(directory);
        this.jobManager =
                jvm("-Xmx384m", "-XX:MaxMetaspaceSize=128m")
                        .start("jobmanager", directory.root(), JOB_MANAGER, configDir());
    }

    /**
     * Starts a cluster in a directory that is kept; {@code settings} override the defaults of
     * {@code config.yaml}.
     */
    public static FlinkCluster start(Path root, int taskManagers, Map<String, String> settings)
            throws InterruptedException {
        FreePorts.Range ports = FreePorts.range(2);
        ClusterDirectory directory =
                ClusterDirectory.create(
                        root, new ClusterDirectory.Ports(ports.first(), ports.last()), settings);
        FlinkCluster cluster = new FlinkCluster(directory, ports.last());
        try {
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers();
            return cluster;
        } catch (InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    public FlinkRest rest() {
        return rest;
    }

    public FlinkCli cli() {
        return cli;
    }

    /** The TaskManagers that run, oldest first. */
    public List<ChildProcess> taskManagers() {
        return List.copyOf(taskManagers);
    }

    /** Starts one more TaskManager. Does not wait for it. */
    public ChildProcess startTaskManager() {
        String name = "taskmanager-" + ++started;
        ChildProcess process =
                jvm("-Xmx320m", "-XX:MaxDirectMemorySize=160m", "-XX:MaxMetaspaceSize=160m")
                        .start(
                                name,
                                directory.root(),
                                TASK_MANAGER,
                                FlinkCli.concat(
                                        configDir(),
                                        List.of("-D", "taskmanager.resource-id=" + name)));
        taskManagers.add(process);
        return process;
    }

    /** SIGKILL. The JobManager learns it by itself. */
    public void killTaskManager(ChildProcess taskManager) throws InterruptedException {
        taskManager.kill();
        taskManagers.remove(taskManager);
    }

    /**
     * Returns when exactly the TaskManagers that run are registered: the new ones are in, the dead
     * ones are out.
     */
    public void awaitTaskManagers() throws InterruptedException {
        Set<String> names =
                taskManagers.stream()
                        .map(ChildProcess::name)
                        .collect(Collectors.toUnmodifiableSet());
        Await.until(
                "taskmanagers: " + names + " registered",
                START_TIMEOUT,
                () -> allAlive() && rest.taskManagers().equals(names));
    }

    /** Returns when all the job's subtasks run. */
    public void awaitRunning(String job) throws InterruptedException {
        Await.until("job " + job + ": running", START_TIMEOUT, () -> rest.isRunning(job));
    }

    private boolean allAlive() {
        List<String> dead = new ArrayList<>();
        for (ChildProcess process : processes()) {
            if (!process.isAlive()) {
                dead.add(process.name());
            }
        }
        if (!dead.isEmpty()) {
            throw new IllegalStateException(
                    "processes: %s ended (expected: alive), see %s"
                            .formatted(dead, directory.root()));
        }
        return true;
    }

    private List<ChildProcess> processes() {
        List<ChildProcess> all = new ArrayList<>(taskManagers);
        all.add(jobManager);
        return all;
    }

    private ChildJvm jvm(String... options) {
        return FlinkDistribution.jvm(directory.conf(), List.of(options));
    }

    private List<String> configDir() {
        return List.of("--configDir", directory.conf().toString());
    }

    @Override
    public void close() {
        processes().forEach(ChildProcess::close);
    }
}
