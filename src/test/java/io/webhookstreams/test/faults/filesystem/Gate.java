/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Where every operation asks for its rule, obeys it and leaves its trace in {@code
 * events/PROCESS.log}. Any thread; a thread may wait here.
 */
public final class Gate {

    /** The control directory, and the name that rules and events know the process by. */
    public static final String CONTROL = "chaos.control";

    public static final String PROCESS = "chaos.process";

    private static final Duration LOOK = Duration.ofMillis(2);

    private final RuleBook rules;
    private final String process;
    private final Path log;

    /** An operation; the gate is around it. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws IOException;
    }

    /** An operation without a result. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    Gate(Path control, String process) {
        this.rules = new RuleBook(rules(control), process);
        this.process = process;
        this.log = events(control).resolve(process + ".log");
    }

    /** Of this process, as its system properties say. */
    static Gate ofThisProcess() {
        return new Gate(Path.of(System.getProperty(CONTROL)), System.getProperty(PROCESS));
    }

    public static Path rules(Path control) {
        return control.resolve("rules");
    }

    public static Path events(Path control) {
        return control.resolve("events");
    }

    void perform(Operation operation, String path, Task task) throws IOException {
        call(
                operation,
                path,
                () -> {
                    task.run();
                    return null;
                });
    }

    <T> T call(Operation operation, String path, Step<T> step) throws IOException {
        Optional<Rule> rule = rules.matching(operation, path);
        return rule.isPresent() ? obey(rule.get(), path, step) : step.run();
    }

    private <T> T obey(Rule rule, String path, Step<T> step) throws IOException {
        append(rule, Event.Phase.REACHED, path);
        try {
            act(rule);
            T result = step.run();
            append(rule, Event.Phase.DONE, path);
            return result;
        } catch (IOException failure) {
            append(rule, Event.Phase.FAILED, path);
            throw failure;
        }
    }

    private void act(Rule rule) throws IOException {
        switch (rule.action()) {
            case DELAY -> pause(rule.delay());
            case HANG -> hang(rule);
            case FAIL -> throw new IOException("rule " + rule.name() + ": fails");
            case FULL_DISK -> throw new FullDiskException();
        }
    }

    private void hang(Rule rule) throws IOException {
        for (Optional<Rule> now = Optional.of(rule); now.isPresent(); now = rules.now(rule)) {
            if (now.get().action() != Action.HANG) {
                act(now.get());
                return;
            }
            pause(LOOK);
        }
    }

    /** Waits though the thread is interrupted, and leaves it interrupted. */
    private static void pause(Duration time) {
        boolean interrupted = false;
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void append(Rule rule, Event.Phase phase, String path) throws IOException {
        String thread = Thread.currentThread().getName();
        Event event = new Event(process, phase, rule.operation(), rule.name(), thread, path);
        Files.write(
                log,
                (event.line() + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
