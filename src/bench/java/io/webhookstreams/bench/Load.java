/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs loads against a system that is up. */
final class Load {

    private static final int IDS = 250_000;

    /** Before the end of a load, when the checkpoints of its steady part are asked for. */
    private static final Duration TO_ASK = Duration.ofMillis(500);

    /**
     * What came back: of all requests in a closed loop, of those that were due in an open one.
     *
     * @param perSecond answers with 2xx a second
     * @param others answers with another status, and requests without one
     * @param latencies NaN for a closed loop
     */
    record Result(
            double perSecond, long others, Latencies latencies, CheckpointFigures checkpoints) {}

    private final Path work;
    private final Neighbours neighbours;
    private int turns;

    Load(Path work, Neighbours neighbours) {
        this.work = work;
        this.neighbours = neighbours;
    }

    /** Posts the message for the load's time; the newest checkpoints are asked for near its end. */
    Result run(RunningSystem system, String path, Message message, LoadSpec spec) throws Exception {
        List<String> command = command(message, spec);
        command.add(system.url() + path);
        return measure(system, spec, command);
    }

    /** Every request with another id in its query, over one connection. */
    Result runWithIds(RunningSystem system, String path, Message message, LoadSpec spec)
            throws Exception {
        Path urls = work.resolve("urls-" + turns);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < IDS; i++) {
            lines.append(system.url()).append(path).append("?id=").append(turns).append('-');
            lines.append(i).append('\n');
        }
        turns++;
        Files.writeString(urls, lines);
        LoadSpec one = spec.overOneConnection();
        List<String> command = command(message, one);
        command.addAll(List.of("-i", urls.toString()));
        try {
            return measure(system, one, command);
        } finally {
            Files.delete(urls);
        }
    }

    private static List<String> command(Message message, LoadSpec spec) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load"));
        command.addAll(spec.arguments());
        command.addAll(List.of("-d", message.body().toString()));
        message.headers().forEach(header -> command.addAll(List.of("-H", header)));
        return command;
    }

    /** A busy server may not say: the turn counts all the same. */
    private static CheckpointFigures checkpoints(RunningSystem system) throws InterruptedException {
        try {
            return system.checkpoints();
        } catch (IOException e) {
            Progress.say("checkpoints: " + e);
            return CheckpointFigures.NONE;
        }
    }

    /** Of the machine's processor time what neither the system nor this process had, in ms. */
    private static long ofOthers(RunningSystem system) throws Exception {
        return ProcessorTime.ofMachine()
                - system.cpuMillis()
                - ProcessorTime.of(ProcessHandle.current());
    }

    private Result measure(RunningSystem system, LoadSpec spec, List<String> command)
            throws Exception {
        Path output = Files.createTempFile(work, "h2load", ".out");
        Path log = Files.createTempFile(work, "h2load", ".log");
        if (spec.isOpen()) {
            // A closed loop goes without: the log costs the load a system call for each answer.
            command.add("--log-file=" + log);
        }
        long began = System.nanoTime();
        long others = ofOthers(system);
        Process load =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            Await.pause(Duration.ofSeconds(spec.warmUpSeconds() + spec.seconds()).minus(TO_ASK));
            others = ofOthers(system) - others - ProcessorTime.of(load.toHandle());
            neighbours.add(others * 1e6 / (System.nanoTime() - began));
            CheckpointFigures checkpoints = checkpoints(system);
            if (!load.waitFor(30, TimeUnit.SECONDS)) {
                throw new IOException("h2load: did not end");
            }
            LoadReport report = LoadReport.parse(Files.readString(output, StandardCharsets.UTF_8));
            if (!spec.isOpen()) {
                return new Result(
                        report.acknowledged() / (double) spec.seconds(),
                        report.others() + report.failed(),
                        Latencies.NONE,
                        checkpoints);
            }
            DueRequests due = DueRequests.of(RequestLog.read(log), spec);
            return new Result(
                    due.acknowledged() / (double) spec.seconds(),
                    due.others(),
                    due.latencies(),
                    checkpoints);
        } finally {
            load.destroyForcibly();
            Files.delete(output);
            Files.delete(log);
        }
    }
}
