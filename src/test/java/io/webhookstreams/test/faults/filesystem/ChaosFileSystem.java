/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;

import java.io.IOException;
import java.net.URI;

/** Flink's local file system behind a {@link Gate}. */
final class ChaosFileSystem extends LocalFileSystem {

    static final String SCHEME = "chaos";

    private final Gate gate;

    ChaosFileSystem(Gate gate) {
        this.gate = gate;
    }

    @Override
    public URI getUri() {
        return URI.create(SCHEME + ":/");
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        return new ChaosStream(
                gate,
                path.getPath(),
                gate.call(Operation.CREATE, path.getPath(), () -> super.create(path, mode)));
    }

    @Override
    public LocalRecoverableWriter createRecoverableWriter() throws IOException {
        return new ChaosRecoverableWriter(this, gate);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        return gate.call(Operation.RENAME, to.getPath(), () -> super.rename(from, to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        return gate.call(Operation.DELETE, path.getPath(), () -> super.delete(path, recursive));
    }
}
