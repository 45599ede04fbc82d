/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One process that this JVM started, with its output in a file. It is ended by its handle: by
 * {@link #kill}, by {@link #close}, or when this JVM exits.
 */
public final class ChildProcess implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "children"));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the command in a directory; its output and errors go to {@code name.log} there. */
    public static ChildProcess start(
            String name, Path directory, Map<String, String> environment, List<String> command) {
        try {
            Path log = Files.createDirectories(directory).resolve(name + ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            RUNNING.add(process);
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": did not start: " + command.get(0), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Everything that the process has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. Returns when the process is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        RUNNING.remove(process);
    }

    /**
     * SIGSTOP: the process lives, keeps its ports and does nothing. The signal is sent when this
     * returns; {@link #kill} ends a stopped process too.
     */
    public void freeze() throws InterruptedException {
        signal("STOP");
    }

    /** SIGCONT: the process goes on where {@link #freeze} stopped it. */
    public void thaw() throws InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws InterruptedException {
        List<String> command = List.of("kill", "-" + signal, Long.toString(pid()));
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        "%s: exit status %d (expected: 0)".formatted(command, status));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM, as an operator's stop. Returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the process to end by itself and returns its exit status. */
    public int waitFor(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(
                    "%s: still running (expected: end within %d s), see %s"
                            .formatted(name, timeout.toSeconds(), log));
        }
        RUNNING.remove(process);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        RUNNING.remove(process);
    }
}
