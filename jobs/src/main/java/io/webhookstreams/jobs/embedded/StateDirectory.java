/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkpoints and savepoints of one run after the other, each resumed from the one before. */
public final class StateDirectory {

    private static final Comparator<ResumePoint> BY_AGE =
            Comparator.comparingLong(ResumePoint::checkpointId);

    private final Path path;

    private StateDirectory(Path path) {
        this.path = path;
    }

    static StateDirectory create(Path path) throws IOException {
        StateDirectory state = new StateDirectory(path);
        Files.createDirectories(state.checkpoints());
        Files.createDirectories(state.savepoints());
        return state;
    }

    /** Flink keeps {@code JOB-ID/chk-N} below it. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    public Path savepoints() {
        return path.resolve("savepoints");
    }

    /**
     * Where the next run resumes: the newest of all that are complete, or nothing if there is none.
     *
     * @throws UnreadableResumePointException if it cannot be read; no older one stands in
     */
    public Optional<ResumePoint> newest() throws IOException {
        List<ResumePoint> candidates = new ArrayList<>();
        for (Path savepoint : complete(savepoints(), 1)) {
            candidates.add(ResumePoint.read(savepoint));
        }
        newestCheckpoint().ifPresent(candidates::add);
        Optional<ResumePoint> newest = candidates.stream().max(BY_AGE);
        return newest.isEmpty() ? newest : Optional.of(ResumePoint.read(newest.get().directory()));
    }

    private Optional<ResumePoint> newestCheckpoint() throws IOException {
        List<ResumePoint> checkpoints = new ArrayList<>();
        for (Path directory : complete(checkpoints(), 2)) {
            ResumePoint.idByName(directory)
                    .ifPresent(id -> checkpoints.add(new ResumePoint(directory, id)));
        }
        return checkpoints.stream().max(BY_AGE);
    }

    /** The directories with metadata that many levels below. */
    private static List<Path> complete(Path root, int depth) throws IOException {
        try (Stream<Path> files =
                Files.find(root, depth + 1, (path, file) -> file.isRegularFile())) {
            return files.filter(file -> file.getFileName().toString().equals(ResumePoint.METADATA))
                    .map(Path::getParent)
                    .toList();
        }
    }
}
