/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;

import java.io.IOException;

/** A stream to a sink's file, or to a checkpoint's {@code _metadata}. */
final class ChaosRecoverableStream extends RecoverableFsDataOutputStream {

    private final Gate gate;
    private final String path;
    private final RecoverableFsDataOutputStream local;
    private final Gated gated;

    ChaosRecoverableStream(Gate gate, String path, RecoverableFsDataOutputStream local) {
        this.gate = gate;
        this.path = path;
        this.local = local;
        this.gated = new Gated(gate, path, local);
    }

    @Override
    public RecoverableWriter.ResumeRecoverable persist() throws IOException {
        return local.persist();
    }

    @Override
    public Committer closeForCommit() throws IOException {
        return new ChaosCommitter(
                gate, path, gate.call(Operation.CLOSE, path, local::closeForCommit));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        gated.write(bytes, offset, length);
    }

    @Override
    public long getPos() throws IOException {
        return local.getPos();
    }

    @Override
    public void flush() throws IOException {
        local.flush();
    }

    @Override
    public void sync() throws IOException {
        local.sync();
    }

    @Override
    public void close() throws IOException {
        gated.close();
    }
}
