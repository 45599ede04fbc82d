/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server under test in a JVM of its own, pinned to the first core; stopped by its pid. */
final class ServerProcess implements AutoCloseable {

    private static final long TICKS_PER_SECOND = 100;

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** Starts {@code java} with these arguments; its output goes to the log. */
    static ServerProcess start(List<String> arguments, Path log) throws IOException {
        return new ServerProcess(
                builder(arguments, log).redirectOutput(Redirect.appendTo(log.toFile())).start());
    }

    /** A server that says where it listens, with {@link Ready}. */
    record Announced(ServerProcess server, String address) {}

    /** Starts {@code java} and waits for its line. */
    static Announced startAnnounced(List<String> arguments, Path log) throws IOException {
        Process process = builder(arguments, log).start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(Ready.PREFIX)) {
                drain(out);
                return new Announced(
                        new ServerProcess(process), line.substring(Ready.PREFIX.length()));
            }
        }
        process.destroyForcibly();
        throw new IOException("ended before it listened: " + lastLine(log));
    }

    private static void drain(BufferedReader out) {
        Thread thread = new Thread(() -> out.lines().forEach(line -> {}), "server-output");
        thread.setDaemon(true);
        thread.start();
    }

    private static ProcessBuilder builder(List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "0", "java"));
        command.addAll(JvmOptions.OPENS);
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
    }

    /** Halts it, so that it takes nothing from the one whose turn it is. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        if (process.isAlive()) {
            String unused =
                    Commands.output(List.of("kill", "-" + name, Long.toString(process.pid())));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Bytes that live objects take, after a full collection. */
    long liveHeapBytes() throws IOException, InterruptedException {
        String histogram =
                Commands.output(
                        List.of("jcmd", Long.toString(process.pid()), "GC.class_histogram"));
        String total = histogram.substring(histogram.lastIndexOf("Total"));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }

    /** Bytes of the process in memory. */
    long residentBytes() throws IOException {
        for (String line : Files.readAllLines(proc("status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("VmRSS: missing");
    }

    /** Processor time so far, in milliseconds. */
    long cpuMillis() throws IOException {
        String stat = Files.readString(proc("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / TICKS_PER_SECOND;
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(process.pid()), name);
    }

    /** SIGKILL: it may be halted, and nothing of it is needed any more. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
