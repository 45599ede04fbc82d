/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.FSDataOutputStream;

import java.io.IOException;

/** A stream to a file of a checkpoint or a savepoint. */
final class ChaosStream extends FSDataOutputStream {

    private final Gated gated;

    ChaosStream(Gate gate, String path, FSDataOutputStream local) {
        this.gated = new Gated(gate, path, local);
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
        return gated.local().getPos();
    }

    @Override
    public void flush() throws IOException {
        gated.local().flush();
    }

    @Override
    public void sync() throws IOException {
        gated.local().sync();
    }

    @Override
    public void close() throws IOException {
        gated.close();
    }
}
