/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.test.faults.filesystem;

import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

import java.net.URI;

/** How Flink finds {@link ChaosFileSystem} for paths that begin with {@code chaos:}. */
public final class ChaosFileSystemFactory implements FileSystemFactory {

    @Override
    public String getScheme() {
        return ChaosFileSystem.SCHEME;
    }

    @Override
    public FileSystem create(URI uri) {
        return new ChaosFileSystem(Gate.ofThisProcess());
    }
}
