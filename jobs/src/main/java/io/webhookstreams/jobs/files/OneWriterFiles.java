/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.InProgressFileWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.RowWiseBucketWriter;

/** Marks a restored file as one that {@link RollRestored} finishes before anything is written. */
final class OneWriterFiles<T> extends RowWiseBucketWriter<T, String> {

    OneWriterFiles(CopyOnRecover files, Encoder<T> encoder) {
        super(files, encoder);
    }

    @Override
    public InProgressFileWriter<T, String> resumeFrom(
            String folder,
            RecoverableFsDataOutputStream stream,
            Path target,
            RecoverableWriter.ResumeRecoverable resumable,
            long creationTime) {
        return super.resumeFrom(folder, stream, target, resumable, RollRestored.RESTORED);
    }
}
