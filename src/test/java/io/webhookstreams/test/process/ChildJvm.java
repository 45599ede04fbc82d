/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Describes a JVM to start on a {@link Leash}: this JVM's java, a class path, options, a main class
 * and its arguments.
 *
 * @param classPath what the main class needs; the leash is added
 * @param launcher a command that becomes the one it is given, as {@code ip netns exec} does; empty
 *     for none
 */
public record ChildJvm(
        List<Path> classPath,
        List<String> options,
        Map<String, String> environment,
        List<String> launcher) {

    /**
     * No process of a test is so long that optimised code makes good for the time to make it; and
     * its classes come from where this JVM's do, which have been verified often enough.
     */
    public static final List<String> FAST_START =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-BytecodeVerificationRemote");

    public ChildJvm(List<Path> classPath, List<String> options, Map<String, String> environment) {
        this(classPath, options, environment, List.of());
    }

    public ChildJvm on(List<String> otherLauncher) {
        return new ChildJvm(classPath, options, environment, otherLauncher);
    }

    public ChildProcess start(String name, Path directory, String mainClass, List<String> args) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPathWithLeash(directory), Leash.class.getName()));
        command.add(Long.toString(ProcessHandle.current().pid()));
        command.add(mainClass);
        command.addAll(args);
        return ChildProcess.start(name, directory, environment, command);
    }

    private String classPathWithLeash(Path directory) {
        String jars = classPath.stream().map(Path::toString).collect(Collectors.joining(":"));
        return copyLeash(directory.resolve("leash")) + ":" + jars;
    }

    /** The leash alone, because the rest of the tests' classes have no place in a Flink process. */
    private static Path copyLeash(Path root) {
        String file = Leash.class.getName().replace('.', '/') + ".class";
        Path target = root.resolve(file);
        try (InputStream bytes = Leash.class.getClassLoader().getResourceAsStream(file)) {
            Files.createDirectories(target.getParent());
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
