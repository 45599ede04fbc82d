/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;

import java.io.IOException;

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

    @Override
    public RecoverableFsDataOutputStream recover(ResumeRecoverable recoverable) throws IOException {
        return new ChaosRecoverableStream(gate, target(recoverable), super.recover(recoverable));
    }

    @Override
    public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable recoverable)
            throws IOException {
        return new ChaosCommitter(gate, target(recoverable), super.recoverForCommit(recoverable));
    }

    /** Flink shows the file's final path in the recoverable's text only. */
    private static String target(Object recoverable) {
        String text = recoverable.toString();
        return text.substring(text.lastIndexOf(" -> ") + " -> ".length());
    }
}
