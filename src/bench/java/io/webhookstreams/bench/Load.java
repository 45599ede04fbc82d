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
     * What came back.
     *
     * @param perSecond answers with 2xx a second
     * @param others answers with another status, and requests without one
     */
    record Result(
            double perSecond, long others, Latencies latencies, CheckpointFigures checkpoints) {}

    private final Path work;
    private int turns;

    Load(Path work) {
        this.work = work;
    }

    /** Posts the message for the load's time; the newest checkpoints are asked for near its end. */
    Result run(RunningSystem system, String path, Message message, LoadSpec spec) throws Exception {
        Path log = Files.createTempFile(work, "h2load", ".log");
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load"));
        command.addAll(spec.arguments());
        command.addAll(List.of("-d", message.body().toString(), "--log-file=" + log));
        message.headers().forEach(header -> command.addAll(List.of("-H", header)));
        command.add(system.url() + path);
        try {
            return measure(system, spec, command, log);
        } finally {
            Files.delete(log);
        }
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
        Path log = Files.createTempFile(work, "h2load", ".log");
        LoadSpec one = spec.overOneConnection();
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", "h2load"));
        command.addAll(one.arguments());
        command.addAll(List.of("-d", message.body().toString(), "--log-file=" + log));
        message.headers().forEach(header -> command.addAll(List.of("-H", header)));
        command.addAll(List.of("-i", urls.toString()));
        try {
            return measure(system, one, command, log);
        } finally {
            Files.delete(log);
            Files.delete(urls);
        }
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

    private static Result measure(
            RunningSystem system, LoadSpec spec, List<String> command, Path log) throws Exception {
        Path output = Files.createTempFile(log.getParent(), "h2load", ".out");
        Process load =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            Await.pause(Duration.ofSeconds(spec.warmUpSeconds() + spec.seconds()).minus(TO_ASK));
            CheckpointFigures checkpoints = checkpoints(system);
            if (!load.waitFor(30, TimeUnit.SECONDS)) {
                throw new IOException("h2load: did not end");
            }
            LoadReport report = LoadReport.parse(Files.readString(output, StandardCharsets.UTF_8));
            return new Result(
                    report.acknowledged() / (double) spec.seconds(),
                    report.others() + report.failed(),
                    Latencies.ofLog(log, spec.ratePerConnection() > 0),
                    checkpoints);
        } finally {
            load.destroyForcibly();
            Files.delete(output);
        }
    }
}
