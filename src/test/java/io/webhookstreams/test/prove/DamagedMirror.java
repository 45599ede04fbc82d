/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.prove;

import io.webhookstreams.jobs.prove.oracle.SinkFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A copy of a folder's finished files, in which one line of the load is missing and another stands
 * twice.
 */
final class DamagedMirror {

    private static final String OF_THE_LOAD = "-patient0-";

    private final Path original;
    private final Path copy;
    private final Set<Path> copied = new HashSet<>();
    private boolean damaged;

    DamagedMirror(Path original, Path copy) {
        this.original = original;
        this.copy = copy;
    }

    /** Whether the damage is done. */
    boolean isDamaged() {
        return damaged;
    }

    /** Copies what has been finished since the last call. */
    void copyNew() throws IOException {
        for (Path file : new SinkFiles(original).finished()) {
            if (copied.add(file)) {
                copy(file);
            }
        }
    }

    private void copy(Path file) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        if (!damaged && lines.stream().filter(line -> line.contains(OF_THE_LOAD)).count() > 1) {
            damage(lines);
        }
        Path target = copy.resolve(original.relativize(file));
        Files.createDirectories(target.getParent());
        Path hidden = target.resolveSibling("." + target.getFileName());
        Files.write(hidden, lines);
        Files.move(hidden, target);
    }

    private void damage(List<String> lines) {
        List<String> ours = lines.stream().filter(line -> line.contains(OF_THE_LOAD)).toList();
        lines.remove(ours.get(0));
        lines.add(lines.indexOf(ours.get(1)), ours.get(1));
        damaged = true;
    }
}
