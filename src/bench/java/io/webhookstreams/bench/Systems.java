/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts the systems under test, each in JVMs of its own with a directory of its own. */
final class Systems {

    private static final String PEERS = "io.webhookstreams.bench.peers.";

    private final Path work;
    private final Path logs;
    private final Path peers;
    private final Path secret;

    /**
     * Where what is needed stands.
     *
     * @param peers directory of the peers' modules, built
     * @param secret the file with the key of the signatures
     */
    Systems(Path work, Path logs, Path peers, Path secret) {
        this.work = work;
        this.logs = logs;
        this.peers = peers;
        this.secret = secret;
    }

    RunningSystem ceiling() throws IOException {
        ServerProcess.Announced server =
                ServerProcess.startAnnounced(
                        java(CeilingServer.class.getName(), ownClassPath(), 1024), log("ceiling"));
        return new RunningSystem(List.of(server.server()), server.address(), null);
    }

    /** The source alone, its records discarded; all events have one id and none is a retry. */
    RunningSystem source(String tier, String backend, int intervalMillis, int heapMebibytes)
            throws IOException {
        return source(tier, backend, intervalMillis, heapMebibytes, false);
    }

    /** The same with an id in each request's query, and retries recognised, as is the default. */
    RunningSystem sourceWithIds(int intervalMillis, int heapMebibytes) throws IOException {
        return source("checkpoint", "rocksdb", intervalMillis, heapMebibytes, true);
    }

    private RunningSystem source(
            String tier, String backend, int intervalMillis, int heapMebibytes, boolean ids)
            throws IOException {
        int port = Ports.neighbours(3);
        ServerProcess.Announced server =
                ServerProcess.startAnnounced(
                        java(
                                SourceServer.class.getName(),
                                ownClassPath(),
                                heapMebibytes,
                                Integer.toString(port),
                                Integer.toString(intervalMillis),
                                directory("source").toString(),
                                secret.toString(),
                                tier,
                                backend,
                                Boolean.toString(ids)),
                        log(
                                "source-%s-%s-%d%s"
                                        .formatted(
                                                tier, backend, intervalMillis, ids ? "-ids" : "")));
        return new RunningSystem(
                List.of(server.server()), server.address(), "http://127.0.0.1:" + (port + 2));
    }

    /** The whole job. */
    RunningSystem job(int intervalMillis) throws IOException {
        JobFile job = jobFile(intervalMillis);
        ServerProcess.Announced server =
                ServerProcess.startAnnounced(
                        java(
                                JobServer.class.getName(),
                                ownClassPath(),
                                2048,
                                Integer.toString(job.port()),
                                job.file().toString(),
                                directory("job").toString()),
                        log("job"));
        return new RunningSystem(
                List.of(server.server()), server.address(), "http://127.0.0.1:" + (job.port() + 2));
    }

    /** {@code webhooks run} with a file of {@link #jobFile}; it need not be ready yet. */
    ServerProcess run(JobFile job) throws IOException {
        return ServerProcess.start(
                java(
                        "io.webhookstreams.jobs.cli.Webhooks",
                        ownClassPath(),
                        2048,
                        "run",
                        "--config",
                        job.file().toString()),
                log("run"));
    }

    /** A configuration of the whole job; the ports of health and of the web UI are the next two. */
    record JobFile(Path file, int port) {}

    JobFile jobFile(int intervalMillis) throws IOException {
        int port = Ports.neighbours(3);
        Path directory = directory("configuration");
        Files.copy(secret, directory.resolve("secret"));
        Path file =
                Files.writeString(
                        directory.resolve("webhooks.yaml"),
                        """
                        listener:
                          port: %d
                          health.port: %d
                          http2.max-concurrent-streams: 100000
                          held.max-bytes: 1gb
                        streams:
                          bench:
                            path: %s
                            auth: {type: github, secrets: ["file:secret"]}
                            event-id: query:id
                            event-type: json:/type
                            answer-deadline: 30 s
                            body-timeout: 30 s
                        job:
                          parallelism: 1
                          rest-port: %d
                          checkpoint-interval: %d ms
                        """
                                .formatted(
                                        port,
                                        port + 1,
                                        SourceServer.PATH,
                                        port + 2,
                                        intervalMillis));
        return new JobFile(file, port);
    }

    RunningSystem flume() throws IOException {
        return peer("flume", "FlumeServer");
    }

    RunningSystem camel() throws IOException {
        return peer("camel", "CamelServer");
    }

    private RunningSystem peer(String name, String main) throws IOException {
        ServerProcess.Announced server =
                ServerProcess.startAnnounced(
                        java(
                                PEERS + name + "." + main,
                                peerClassPath(name),
                                1024,
                                directory(name).toString(),
                                Integer.toString(Ports.neighbours(1))),
                        log(name));
        return new RunningSystem(List.of(server.server()), server.address(), null);
    }

    /** Broker, job and front, all on the server's core. */
    RunningSystem kafka(int intervalMillis) throws Exception {
        List<ServerProcess> processes = new ArrayList<>();
        try {
            String broker =
                    kafkaPart(
                            processes,
                            "Broker",
                            directory("kafka").toString(),
                            Integer.toString(Ports.neighbours(2)));
            String none =
                    kafkaPart(
                            processes,
                            "Reading",
                            broker,
                            directory("reading").toString(),
                            Integer.toString(intervalMillis));
            String front = kafkaPart(processes, "Front", broker);
            verifyNoAddress(none);
            return new RunningSystem(processes, front, null);
        } catch (IOException e) {
            for (ServerProcess process : processes) {
                process.close();
            }
            throw e;
        }
    }

    /** Flink, which reads from the broker, takes no requests. */
    static void verifyNoAddress(String announced) throws IOException {
        if (!announced.equals("none")) {
            throw new IOException("address of the reading job: " + announced + " (expected: none)");
        }
    }

    private String kafkaPart(List<ServerProcess> processes, String main, String... arguments)
            throws IOException {
        ServerProcess.Announced part =
                ServerProcess.startAnnounced(
                        java(PEERS + "kafka." + main, peerClassPath("kafka"), 1024, arguments),
                        log("kafka-" + main));
        processes.add(part.server());
        return part.address();
    }

    private List<String> java(
            String main, String classPath, int heapMebibytes, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-Xmx" + heapMebibytes + "m", "-XX:+UseParallelGC", "-cp"));
        command.add(classPath);
        command.add(main);
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    private String peerClassPath(String peer) throws IOException {
        Path target = peers.resolve(peer).resolve("target");
        return target.resolve("classes") + ":" + Files.readString(target.resolve("classpath"));
    }

    private Path directory(String prefix) throws IOException {
        return Files.createTempDirectory(work, prefix);
    }

    private Path log(String name) {
        return logs.resolve("bench-" + name + ".log");
    }
}
