/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.webhookstreams.test.support.Await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A parent that starts a child on a leash, both of them JVMs. */
class LeashTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path directory;

    @Test
    void a_child_ends_when_its_parent_is_killed() throws Exception {
        try (ChildProcess parent =
                jvm().start("parent", directory, Parent.class.getName(), args())) {
            ProcessHandle child = Await.value("parent: its child", SOON, this::childOfParent);

            parent.kill();

            Await.until("child: gone", SOON, () -> !child.isAlive());
            assertThat(parent.isAlive()).isFalse();
        }
    }

    private Optional<ProcessHandle> childOfParent() throws IOException {
        Path file = directory.resolve("child.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readString(file)))
                : Optional.empty();
    }

    private List<String> args() {
        return List.of(directory.toString());
    }

    private static ChildJvm jvm() {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList();
        return new ChildJvm(classPath, List.of("-Xmx32m"), Map.of());
    }

    /** Starts the child, tells its process id by a file that appears at once, and waits for it. */
    public static final class Parent {
        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            ChildProcess child = jvm().start("child", directory, Child.class.getName(), List.of());
            Path written = Files.writeString(directory.resolve("new.pid"), "" + child.pid());
            Files.move(written, directory.resolve("child.pid"));
            child.waitFor(SOON.multipliedBy(10));
        }
    }

    /** Lives long. */
    public static final class Child {
        public static void main(String[] args) throws Exception {
            Await.pause(SOON.multipliedBy(10));
        }
    }
}
