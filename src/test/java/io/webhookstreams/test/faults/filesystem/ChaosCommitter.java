/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;

import java.io.IOException;

/** Gives a finished file its name, when the gate lets it. */
record ChaosCommitter(Gate gate, String path, RecoverableFsDataOutputStream.Committer local)
        implements RecoverableFsDataOutputStream.Committer {

    @Override
    public void commit() throws IOException {
        gate.perform(Operation.COMMIT, path, local::commit);
    }

    @Override
    public void commitAfterRecovery() throws IOException {
        gate.perform(Operation.COMMIT, path, local::commitAfterRecovery);
    }

    @Override
    public RecoverableWriter.CommitRecoverable getRecoverable() {
        return local.getRecoverable();
    }
}
