/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;

/**
 * Its streams and committers ask the gate; what it keeps in checkpoints is what the local file
 * system keeps.
 */
final class ChaosRecoverableWriter extends LocalRecoverableWriter {

    private final Gate gate;

    ChaosRecoverableWriter(LocalFileSystem files, Gate gate) {
        super(files);
        this.gate = gate;
    }

    @Override
    public RecoverableFsDataOutputStream open(Path file) throws IOException {
        String path = file.getPath();
        return new ChaosRecoverableStream(
                gate, path, gate.call(Operation.CREATE, path, () -> super.open(file)));
    }

    /**
     * Goes on with a copy of the file, as an object store would: whoever still has the file open
     * from before, a TaskManager that was given up and lives, writes into nothing.
     */
    @Override
    public RecoverableFsDataOutputStream recover(ResumeRecoverable recoverable) throws IOException {
        java.nio.file.Path file = java.nio.file.Path.of(inProgress(recoverable));
        java.nio.file.Path copy = file.resolveSibling(file.getFileName() + ".copy");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        return new ChaosRecoverableStream(gate, target(recoverable), super.recover(recoverable));
    }

    @Override
    public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable recoverable)
            throws IOException {
        return new ChaosCommitter(gate, target(recoverable), super.recoverForCommit(recoverable));
    }

    /** Flink shows the file's paths in the recoverable's text only. */
    private static String inProgress(Object recoverable) {
        String text = recoverable.toString();
        return text.substring(text.indexOf(' ') + 1, text.lastIndexOf(" @ "));
    }

    /** As {@link #inProgress}. */
    private static String target(Object recoverable) {
        String text = recoverable.toString();
        return text.substring(text.lastIndexOf(" -> ") + " -> ".length());
    }
}
