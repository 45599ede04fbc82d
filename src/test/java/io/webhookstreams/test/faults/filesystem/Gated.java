/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.FSDataOutputStream;

import java.io.IOException;

/** The writes and the close of one stream, as the gate lets them. */
record Gated(Gate gate, String path, FSDataOutputStream local) {

    void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            gate.perform(Operation.WRITE, path, () -> local.write(bytes, offset, length));
        } catch (FullDiskException full) {
            local.write(bytes, offset, length / 2);
            throw full;
        }
    }

    void close() throws IOException {
        gate.perform(Operation.CLOSE, path, local::close);
    }
}
