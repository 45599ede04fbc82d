/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults;

import io.webhookstreams.test.cluster.Extras;
import io.webhookstreams.test.faults.filesystem.ChaosFileSystemFactory;
import io.webhookstreams.test.faults.filesystem.Event;
import io.webhookstreams.test.faults.filesystem.Gate;
import io.webhookstreams.test.faults.filesystem.Rule;
import io.webhookstreams.test.support.Await;

import org.apache.flink.core.fs.FileSystemFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The test's side of the file system on command: puts rules in force, lifts them, and tells what
 * they met. Used from one thread.
 */
public final class FileRules {

    private final Path control;

    private FileRules(Path control) {
        this.control = control;
    }

    /** Prepares a control directory, which is kept. */
    public static FileRules in(Path control) throws IOException {
        Path absolute = control.toAbsolutePath();
        Files.createDirectories(Gate.rules(absolute));
        Files.createDirectories(Gate.events(absolute));
        return new FileRules(absolute);
    }

    /** The file system's name for a local path. */
    public static String uri(Path path) {
        return "chaos://" + path.toAbsolutePath();
    }

    /**
     * For a cluster whose JVMs have the file system and keep their checkpoints on it. Small state
     * has files of its own too, so that rules meet it.
     */
    public Extras checkpointsIn(Path directory) throws IOException {
        Map<String, String> settings =
                Map.of(
                        "execution.checkpointing.dir",
                        uri(directory),
                        "execution.checkpointing.data-inline-threshold",
                        "0");
        return extras(settings);
    }

    /** For a cluster whose JVMs have the file system, with more settings of Flink. */
    public Extras extras(Map<String, String> settings) throws IOException {
        return new Extras(settings, List.of(classes()), this::jvmOptions);
    }

    private List<String> jvmOptions(String process) {
        return List.of("-D" + Gate.CONTROL + "=" + control, "-D" + Gate.PROCESS + "=" + process);
    }

    /** A directory for the class path: the file system's classes and their registration. */
    public Path classes() throws IOException {
        Path target = control.resolve("classes");
        String folder = ChaosFileSystemFactory.class.getPackageName().replace('.', '/');
        Path source = Path.of(codeSource()).resolve(folder);
        Files.createDirectories(target.resolve(folder));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                Path copy = target.resolve(folder).resolve(file.getFileName().toString());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        Path services = Files.createDirectories(target.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(FileSystemFactory.class.getName()),
                ChaosFileSystemFactory.class.getName() + "\n");
        return target;
    }

    private static URI codeSource() {
        try {
            return FileRules.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A rule in force. Closing it lifts it. */
    public final class InForce implements AutoCloseable {

        private final Rule rule;

        private InForce(Rule rule) {
            this.rule = rule;
        }

        /** Puts another rule in its place, in one step. */
        public InForce replace(Rule other) throws IOException {
            return enforce(
                    new Rule(
                            rule.name(),
                            other.path(),
                            other.operation(),
                            other.process(),
                            other.action(),
                            other.delay()));
        }

        public Rule rule() {
            return rule;
        }

        /** What it has met so far. */
        public List<Event> events() throws IOException {
            return FileRules.this.events().stream()
                    .filter(event -> event.rule().equals(rule.name()))
                    .toList();
        }

        /** Returns the first such event, when it has come. */
        public Event await(String what, Duration timeout, Predicate<Event> wanted)
                throws InterruptedException {
            return Await.value("rule " + rule.name() + ": " + what, timeout, () -> first(wanted));
        }

        public Optional<Event> first(Predicate<Event> wanted) throws IOException {
            return events().stream().filter(wanted).findFirst();
        }

        @Override
        public void close() {
            lift();
        }

        /** As {@link #close}, before the end of its block. */
        public void lift() {
            try {
                Files.deleteIfExists(rule.file(Gate.rules(control)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Puts a rule in force, within some milliseconds. Each needs a name of its own. */
    public InForce enforce(Rule rule) throws IOException {
        rule.write(Gate.rules(control));
        return new InForce(rule);
    }

    /** All that rules have met so far, of each process in its order. */
    public List<Event> events() throws IOException {
        List<Event> all = new ArrayList<>();
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(Gate.events(control))) {
            for (Path log : logs) {
                all.addAll(parse(Files.readString(log)));
            }
        }
        return all;
    }

    /** Forgets what rules have met so far, which {@link #events} reads again and again. */
    public void forgetEvents() throws IOException {
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(Gate.events(control))) {
            for (Path log : logs) {
                Files.deleteIfExists(log);
            }
        }
    }

    /** The last line may be half written. */
    private static List<Event> parse(String log) {
        return log.substring(0, log.lastIndexOf('\n') + 1).lines().map(Event::parse).toList();
    }
}
