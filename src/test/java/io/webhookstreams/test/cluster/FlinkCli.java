/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.cluster;

import io.webhookstreams.test.process.ChildJvm;
import io.webhookstreams.test.process.ChildProcess;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's command line ({@code flink run}, {@code flink stop}), each command in a JVM of its own as
 * from a shell.
 */
public final class FlinkCli {

    private static final String MAIN = "org.apache.flink.client.cli.CliFrontend";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Pattern JOB = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

    private final ClusterDirectory directory;
    private final ChildJvm jvm;
    private final AtomicInteger commands = new AtomicInteger();

    FlinkCli(ClusterDirectory directory, Extras extras) {
        this.directory = directory;
        List<String> options = new ArrayList<>(List.of("-Xmx128m", "-Dlog.level=WARN"));
        options.addAll(extras.jvmOptions().apply("cli"));
        this.jvm = FlinkDistribution.jvm(directory.conf(), options, extras.lib());
    }

    /** A job to submit: its jar, how wide, from where, and the arguments of its main class. */
    public record Submission(
            Path jar, int parallelism, Optional<String> savepoint, List<String> args) {

        public static Submission of(Path jar, int parallelism, String... args) {
            return new Submission(jar, parallelism, Optional.empty(), List.of(args));
        }

        public Submission from(String savepointPath) {
            return new Submission(jar, parallelism, Optional.of(savepointPath), args);
        }

        public Submission parallelism(int other) {
            return new Submission(jar, other, savepoint, args);
        }

        private List<String> command() {
            List<String> command = new ArrayList<>(List.of("run", "-d", "-p", "" + parallelism));
            savepoint.ifPresent(path -> command.addAll(List.of("-s", path)));
            command.add(jar.toString());
            command.addAll(args);
            return command;
        }
    }

    /** {@code flink run -d}. Returns the job's id. */
    public String run(Submission submission) throws InterruptedException {
        return find(JOB, submission.command());
    }

    /** {@code flink stop}. Returns the savepoint's path. */
    public String stop(String job) throws InterruptedException {
        return find(SAVEPOINT, List.of("stop", "-p", directory.savepoints().toString(), job));
    }

    /** {@code flink stop --drain}. Returns the savepoint's path. */
    public String stopWithDrain(String job) throws InterruptedException {
        return find(
                SAVEPOINT,
                List.of("stop", "--drain", "-p", directory.savepoints().toString(), job));
    }

    private String find(Pattern pattern, List<String> command) throws InterruptedException {
        String output = execute(command);
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new AssertionError(
                    "flink %s: %s (expected: %s)".formatted(command, output, pattern));
        }
        return matcher.group(1);
    }

    private String execute(List<String> command) throws InterruptedException {
        String name = "cli-" + commands.incrementAndGet() + "-" + command.get(0);
        try (ChildProcess process = jvm.start(name, directory.root(), MAIN, command)) {
            int status = process.waitFor(TIMEOUT);
            if (status != 0) {
                throw new AssertionError(
                        "flink %s: exit status %d (expected: 0)%n%s"
                                .formatted(command, status, process.output()));
            }
            return process.output();
        }
    }
}
