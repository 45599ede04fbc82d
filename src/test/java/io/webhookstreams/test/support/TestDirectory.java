/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.support;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A test's directory below {@code target/system-tests}, empty at its start and kept at its end:
 * logs, configuration, checkpoints and output are what a failure is understood from.
 */
public final class TestDirectory {

    private TestDirectory() {}

    public static Path of(Class<?> test, String name) throws IOException {
        Path directory =
                Path.of("target", "system-tests", test.getSimpleName(), name).toAbsolutePath();
        if (Files.exists(directory)) {
            Files.walkFileTree(directory, new Delete());
        }
        return Files.createDirectories(directory);
    }

    private static final class Delete extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
