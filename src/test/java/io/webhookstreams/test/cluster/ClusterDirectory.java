/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cluster's directory: {@code conf} as all its processes read it, their logs and temporary
 * files, checkpoints and savepoints. One machine and several clusters at a time, hence small memory
 * and free ports.
 */
record ClusterDirectory(Path root) {

    static ClusterDirectory create(Path root, Map<String, String> settings) {
        ClusterDirectory directory = new ClusterDirectory(root.toAbsolutePath());
        directory.write(settings);
        return directory;
    }

    Path conf() {
        return root.resolve("conf");
    }

    Path savepoints() {
        return root.resolve("savepoints");
    }

    private void write(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(defaults());
        settings.putAll(more);
        String yaml =
                settings.entrySet().stream()
                        .map(e -> e.getKey() + ": '" + e.getValue() + "'\n")
                        .collect(Collectors.joining());
        try (InputStream log4j = resource("flink-log4j.properties")) {
            Files.createDirectories(conf());
            Files.createDirectories(root.resolve("tmp"));
            Files.writeString(conf().resolve("config.yaml"), yaml);
            Files.write(conf().resolve("log4j.properties"), log4j.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> defaults() {
        return Map.ofEntries(
                Map.entry("rest.address", "127.0.0.1"),
                Map.entry("rest.bind-address", "127.0.0.1"),
                Map.entry("io.tmp.dirs", root.resolve("tmp").toString()),
                Map.entry("taskmanager.numberOfTaskSlots", "2"),
                Map.entry("taskmanager.load-balance.mode", "SLOTS"),
                // On a busy machine a JVM is not up in the usual 10 s.
                Map.entry("pekko.startup-timeout", "1 min"),
                // A killed TaskManager is noticed within about two seconds.
                Map.entry("heartbeat.interval", "1 s"),
                Map.entry("heartbeat.timeout", "6 s"),
                Map.entry("restart-strategy.type", "fixed-delay"),
                Map.entry("restart-strategy.fixed-delay.attempts", "1000"),
                Map.entry("restart-strategy.fixed-delay.delay", "500 ms"),
                Map.entry("state.backend.type", "rocksdb"),
                // Or each of five checkpoints a second writes all event ids ever seen.
                Map.entry("execution.checkpointing.incremental", "true"),
                Map.entry("execution.checkpointing.storage", "filesystem"),
                Map.entry("execution.checkpointing.num-retained", "2"),
                Map.entry(
                        "execution.checkpointing.dir",
                        root.resolve("checkpoints").toUri().toString()),
                Map.entry("execution.checkpointing.savepoint-dir", savepoints().toUri().toString()),
                // What Flink's scripts compute (BashJavaUtils); a TaskManager does not start
                // without them.
                Map.entry("taskmanager.cpu.cores", "1.0"),
                Map.entry("taskmanager.memory.framework.heap.size", "64m"),
                Map.entry("taskmanager.memory.task.heap.size", "256m"),
                Map.entry("taskmanager.memory.framework.off-heap.size", "64m"),
                Map.entry("taskmanager.memory.task.off-heap.size", "64m"),
                Map.entry("taskmanager.memory.network.min", "32m"),
                Map.entry("taskmanager.memory.network.max", "32m"),
                Map.entry("taskmanager.memory.managed.size", "96m"),
                Map.entry("taskmanager.memory.jvm-metaspace.size", "160m"),
                Map.entry("taskmanager.memory.jvm-overhead.min", "64m"),
                Map.entry("taskmanager.memory.jvm-overhead.max", "64m"));
    }

    private static InputStream resource(String name) {
        return ClusterDirectory.class.getClassLoader().getResourceAsStream(name);
    }
}
