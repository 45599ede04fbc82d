/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.embedded;

import org.apache.flink.runtime.checkpoint.Checkpoints;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A complete checkpoint or savepoint: one that has metadata, which Flink writes last and gives its
 * name at once.
 *
 * @param checkpointId grows with every checkpoint and savepoint of a state, from run to run: what
 *     tells which one is newer, whatever the clock did
 */
public record ResumePoint(Path directory, long checkpointId) {

    static final String METADATA = "_metadata";
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d{1,18})");

    /** The id that a checkpoint's name tells; a savepoint's does not tell one. */
    static OptionalLong idByName(Path directory) {
        Matcher checkpoint = CHECKPOINT.matcher(directory.getFileName().toString());
        return checkpoint.matches()
                ? OptionalLong.of(Long.parseLong(checkpoint.group(1)))
                : OptionalLong.empty();
    }

    /** Reads the metadata as a restore would. */
    static ResumePoint read(Path directory) throws UnreadableResumePointException {
        try (DataInputStream metadata =
                new DataInputStream(Files.newInputStream(directory.resolve(METADATA)))) {
            long id =
                    Checkpoints.loadCheckpointMetadata(
                                    metadata,
                                    ResumePoint.class.getClassLoader(),
                                    directory.toString())
                            .getCheckpointId();
            return new ResumePoint(directory, id);
        } catch (IOException | RuntimeException e) {
            // Damaged bytes make Flink's reader throw whatever they happen to mean.
            throw new UnreadableResumePointException(directory, e);
        }
    }
}
