/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;
import io.webhookstreams.test.support.FreePorts;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One JobManager, some TaskManagers and a ZooKeeper, each a JVM of its own, as a session cluster
 * with high availability.
 *
 * <ol>
 *   <li>{@link #start} writes the configuration, starts the processes and returns when all
 *       TaskManagers are registered.
 *   <li>{@link #cli} submits and stops jobs, {@link #rest} tells their state.
 *   <li>{@link #killTaskManager}, {@link #startTaskManager} and {@link #killAndRestartJobManager}
 *       are the chaos.
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
    private final Extras extras;
    private final ChildProcess zooKeeper;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private ChildProcess jobManager;
    private int started;

    private FlinkCluster(
            ClusterDirectory directory, int restPort, ChildProcess zooKeeper, Extras extras) {
        this.directory = directory;
        this.rest = new FlinkRest(restPort);
        this.cli = new FlinkCli(directory, extras);
        this.zooKeeper = zooKeeper;
        this.extras = extras;
        this.jobManager = startJobManager();
    }

    /** Starts a cluster in a directory that is kept. */
    public static FlinkCluster start(Path root, int taskManagers) throws InterruptedException {
        return start(root, taskManagers, Extras.NONE);
    }

    /** Starts a cluster with more settings and more in each of its JVMs. */
    public static FlinkCluster start(Path root, int taskManagers, Extras extras)
            throws InterruptedException {
        ZooKeeper zooKeeper = ZooKeeper.in(root);
        int restPort = FreePorts.one();
        Map<String, String> settings = new HashMap<>(zooKeeper.settings());
        settings.putAll(extras.settings());
        ClusterDirectory directory = ClusterDirectory.create(root, restPort, settings);
        FlinkCluster cluster =
                new FlinkCluster(directory, restPort, zooKeeper.start(directory), extras);
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

    /** The JobManager that runs. */
    public ChildProcess jobManager() {
        return jobManager;
    }

    /** Starts one more TaskManager. Does not wait for it. */
    public ChildProcess startTaskManager() {
        String name = "taskmanager-" + ++started;
        List<String> args = new ArrayList<>(configDir());
        args.addAll(List.of("-D", "taskmanager.resource-id=" + name));
        ChildProcess process =
                jvm(
                                name,
                                "-Xmx320m",
                                "-XX:MaxDirectMemorySize=160m",
                                "-XX:MaxMetaspaceSize=160m",
                                "-Dcheckpoints.level=DEBUG")
                        .start(name, directory.root(), TASK_MANAGER, args);
        taskManagers.add(process);
        return process;
    }

    /** SIGKILL. The JobManager learns it by itself. */
    public void killTaskManager(ChildProcess taskManager) throws InterruptedException {
        taskManager.kill();
        taskManagers.remove(taskManager);
    }

    /** SIGKILL, and a new JobManager at once, which finds the jobs where the dead one left them. */
    public void killAndRestartJobManager() throws InterruptedException {
        jobManager.kill();
        jobManager = startJobManager();
    }

    private ChildProcess startJobManager() {
        return jvm("jobmanager", "-Xmx384m", "-XX:MaxMetaspaceSize=128m")
                .start("jobmanager", directory.root(), JOB_MANAGER, configDir());
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
        all.add(zooKeeper);
        return all;
    }

    private ChildJvm jvm(String process, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(extras.jvmOptions().apply(process));
        return FlinkDistribution.jvm(directory.conf(), all, extras.lib());
    }

    private List<String> configDir() {
        return List.of("--configDir", directory.conf().toString());
    }

    @Override
    public void close() {
        processes().forEach(ChildProcess::close);
    }
}
