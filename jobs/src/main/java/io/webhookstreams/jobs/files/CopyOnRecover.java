/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.io.IOException;

/**
 * The local file system's writer, which replaces a file by a copy of what its checkpoint holds
 * before it opens it again.
 */
final class CopyOnRecover implements RecoverableWriter {

    private final RecoverableWriter local;

    CopyOnRecover(RecoverableWriter local) {
        this.local = local;
    }

    @Override
    public RecoverableFsDataOutputStream open(Path target) throws IOException {
        return local.open(target);
    }

    @Override
    public RecoverableFsDataOutputStream recover(ResumeRecoverable resumable) throws IOException {
        SimpleVersionedSerializer<ResumeRecoverable> serializer = getResumeRecoverableSerializer();
        LocalPart.read(serializer.getVersion(), serializer.serialize(resumable)).detach();
        return local.recover(resumable);
    }

    @Override
    public RecoverableFsDataOutputStream.Committer recoverForCommit(CommitRecoverable recoverable)
            throws IOException {
        return local.recoverForCommit(recoverable);
    }

    @Override
    public boolean requiresCleanupOfRecoverableState() {
        return local.requiresCleanupOfRecoverableState();
    }

    @Override
    public boolean cleanupRecoverableState(ResumeRecoverable resumable) throws IOException {
        return local.cleanupRecoverableState(resumable);
    }

    @Override
    public SimpleVersionedSerializer<CommitRecoverable> getCommitRecoverableSerializer() {
        return local.getCommitRecoverableSerializer();
    }

    @Override
    public SimpleVersionedSerializer<ResumeRecoverable> getResumeRecoverableSerializer() {
        return local.getResumeRecoverableSerializer();
    }

    @Override
    public boolean supportsResume() {
        return local.supportsResume();
    }
}
