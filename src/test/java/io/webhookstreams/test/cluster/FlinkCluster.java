/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;
import io.webhookstreams.test.support.Await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One or more JobManagers, some TaskManagers and a ZooKeeper, each a JVM of its own, as a session
 * cluster with high availability.
 *
 * <ol>
 *   <li>{@link #start} writes the configuration, starts the processes and returns when all
 *       TaskManagers are registered.
 *   <li>{@link #cli} submits and stops jobs, {@link #rest} tells their state.
 *   <li>{@link #killTaskManager}, {@link #startTaskManager} and {@link #killAndRestart} are the
 *       chaos.
 *   <li>{@link #close} kills every process; the logs stay in the cluster's directory.
 * </ol>
 *
 * Used from one thread.
 */
public final class FlinkCluster implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

    private final ClusterDirectory directory;
    private final FlinkRest rest;
    private final FlinkCli cli;
    private final Extras extras;
    private final ChildProcess zooKeeper;
    private final JobManagers jobManagers;
    private final List<ChildProcess> taskManagers = new ArrayList<>();
    private int started;

    private FlinkCluster(
            ClusterDirectory directory, Shape shape, ChildProcess zooKeeper, Extras extras) {
        this.directory = directory;
        this.cli = new FlinkCli(directory, extras);
        this.zooKeeper = zooKeeper;
        this.extras = extras;
        Leadership leadership = Leadership.watch(directory);
        this.rest = new FlinkRest(leadership::rest);
        this.jobManagers = new JobManagers(shape.jobManagers(), leadership, this::launchJobManager);
    }

    /** Starts a cluster with one JobManager in a directory that is kept. */
    public static FlinkCluster start(Path root, int taskManagers) throws InterruptedException {
        return start(root, taskManagers, Extras.NONE);
    }

    /** The same with more settings and more in each of its JVMs. */
    public static FlinkCluster start(Path root, int taskManagers, Extras extras)
            throws InterruptedException {
        return start(root, Shape.of(1, taskManagers), extras);
    }

    /** Starts a cluster of any shape. */
    public static FlinkCluster start(Path root, Shape shape, Extras extras)
            throws InterruptedException {
        ZooKeeper zooKeeper = ZooKeeper.in(root, shape.address());
        Map<String, String> settings = new HashMap<>(zooKeeper.settings());
        settings.putAll(shape.settings());
        settings.putAll(extras.settings());
        ClusterDirectory directory = ClusterDirectory.create(root, settings);
        FlinkCluster cluster =
                new FlinkCluster(directory, shape, zooKeeper.start(directory), extras);
        try {
            for (Host host : shape.taskManagers()) {
                cluster.startTaskManager(host);
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

    /** The JobManagers that run; those that are killed are replaced in their places. */
    public List<ChildProcess> jobManagers() {
        return jobManagers.all();
    }

    /** Returns the JobManager that leads, when one does. */
    public ChildProcess leader() throws InterruptedException {
        return jobManagers.leader();
    }

    /** Returns the JobManager that leads, when it is another one than that. */
    public ChildProcess awaitLeaderOtherThan(String name) throws InterruptedException {
        return jobManagers.leaderOtherThan(name);
    }

    /** Starts one more TaskManager on the loopback address. Does not wait for it. */
    public ChildProcess startTaskManager() {
        return startTaskManager(Host.LOOPBACK);
    }

    private ChildProcess startTaskManager(Host host) {
        String name = "taskmanager-" + ++started;
        List<String> args = new ArrayList<>(configDir());
        args.addAll(List.of("-D", "taskmanager.resource-id=" + name));
        args.addAll(List.of("-D", "taskmanager.host=" + host.address()));
        args.addAll(List.of("-D", "taskmanager.bind-host=" + host.address()));
        ChildProcess process =
                jvm(name, "-Xmx320m", "-XX:MaxDirectMemorySize=160m", "-XX:MaxMetaspaceSize=160m")
                        .on(host.launcher())
                        .start(name, directory.root(), TASK_MANAGER, args);
        taskManagers.add(process);
        return process;
    }

    /** SIGKILL. The JobManager learns it by itself. */
    public void killTaskManager(ChildProcess taskManager) throws InterruptedException {
        taskManager.kill();
        taskManagers.remove(taskManager);
    }

    /**
     * SIGKILL, and a new JobManager at once. The one that leads next, which may be the new one,
     * finds the jobs where the dead one left them.
     */
    public void killAndRestart(ChildProcess jobManager) throws InterruptedException {
        jobManagers.killAndRestart(jobManager);
    }

    private ChildProcess launchJobManager(String name, int restPort) {
        List<String> args = new ArrayList<>(configDir());
        args.addAll(List.of("-D", "rest.port=" + restPort));
        args.addAll(List.of("-D", "rest.bind-port=" + restPort));
        return jvm(name, "-Xmx384m", "-XX:MaxMetaspaceSize=128m")
                .start(name, directory.root(), JOB_MANAGER, args);
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
        all.addAll(jobManagers.all());
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
        taskManagers.forEach(ChildProcess::close);
        jobManagers.close();
        zooKeeper.close();
    }
}
