/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import org.apache.flink.util.FileUtils;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.annotation.Nullable;

/**
 * The data directory of a run, locked while it is open: two jobs on one state would answer for each
 * other's events. The operating system releases the lock of a process that was killed.
 *
 * <pre>
 * data/lock
 * data/ingest-url            while a run is ready
 * data/state/1/checkpoints/  of the first run and all that resumed from it
 * data/state/2/              after --from-scratch
 * data/output/  data/log/  data/tmp/
 * </pre>
 */
public final class DataDirectory implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    private final Path path;
    private final FileChannel lockFile;

    private DataDirectory(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /**
     * Locks the directory, and creates it if need be.
     *
     * @throws DataDirectoryInUseException if another process has it
     */
    public static DataDirectory open(Path path) throws IOException {
        Files.createDirectories(path);
        FileChannel lockFile =
                FileChannel.open(
                        path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(lockFile) == null) {
            lockFile.close();
            throw new DataDirectoryInUseException(path);
        }
        return new DataDirectory(path, lockFile);
    }

    public Path logs() {
        return path.resolve("log");
    }

    /**
     * An empty directory for Flink's working files: a run that was killed leaves its own behind.
     */
    public Path emptyTemporary() throws IOException {
        Path temporary = path.resolve("tmp");
        FileUtils.deleteDirectory(temporary.toFile());
        return Files.createDirectories(temporary);
    }

    /** Where a ready run says under which URL it takes deliveries. */
    public static Path ingestUrlFile(Path dataDirectory) {
        return dataDirectory.resolve("ingest-url");
    }

    /** The state that runs resume from. */
    public StateDirectory currentState() throws IOException {
        return state(newestState().orElse(1));
    }

    /** A state without a past; what was there stays where it is. */
    public StateDirectory newState() throws IOException {
        return state(newestState().map(newest -> newest + 1).orElse(1));
    }

    private StateDirectory state(int number) throws IOException {
        return StateDirectory.create(path.resolve("state").resolve(Integer.toString(number)));
    }

    private Optional<Integer> newestState() throws IOException {
        Path states = path.resolve("state");
        if (!Files.isDirectory(states)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(states)) {
            return found.map(state -> state.getFileName().toString())
                    .filter(name -> NUMBER.matcher(name).matches())
                    .map(Integer::valueOf)
                    .max(Comparator.naturalOrder());
        }
    }

    @Nullable
    private static FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
