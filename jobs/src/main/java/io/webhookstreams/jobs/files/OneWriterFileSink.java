/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.connector.file.sink.FileSinkCommittableSerializer;
import org.apache.flink.connector.file.sink.committer.FileCommitter;
import org.apache.flink.connector.file.sink.writer.DefaultFileWriterBucketFactory;
import org.apache.flink.connector.file.sink.writer.FileWriter;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketState;
import org.apache.flink.connector.file.sink.writer.FileWriterBucketStateSerializer;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.RollingPolicy;
import org.apache.flink.streaming.api.functions.sink.filesystem.RowWiseBucketWriter;
import org.apache.flink.streaming.api.functions.sink.filesystem.WriterProperties;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Flink's {@code FileSink} for rows, put together from the same parts, because its builder does not
 * let one choose how a file is restored. The state's bytes are those of Flink's sink.
 *
 * @param directory where the folders are
 * @param encoder appends a record to a file
 * @param folders chooses a record's folder
 * @param rolling when a file is finished; besides, a restored one is at once
 * @param checkInterval how often {@code rolling} is asked about time
 * @param names of the files
 */
public record OneWriterFileSink<T>(
        Path directory,
        Encoder<T> encoder,
        BucketAssigner<T, String> folders,
        RollingPolicy<T, String> rolling,
        Duration checkInterval,
        OutputFileConfig names)
        implements Sink<T>,
                SupportsWriterState<T, FileWriterBucketState>,
                SupportsCommitter<FileSinkCommittable> {

    @Override
    public FileWriter<T> createWriter(WriterInitContext context) throws IOException {
        return restoreWriter(context, List.of());
    }

    @Override
    public FileWriter<T> restoreWriter(
            WriterInitContext context, Collection<FileWriterBucketState> state) throws IOException {
        FileWriter<T> writer =
                new FileWriter<>(
                        directory,
                        context.metricGroup(),
                        folders,
                        new DefaultFileWriterBucketFactory<>(),
                        files(),
                        new RollRestored<>(rolling),
                        names,
                        context.getProcessingTimeService(),
                        checkInterval.toMillis());
        writer.initializeState(state);
        return writer;
    }

    @Override
    public SimpleVersionedSerializer<FileWriterBucketState> getWriterStateSerializer() {
        WriterProperties properties = properties();
        return new FileWriterBucketStateSerializer(
                properties.getInProgressFileRecoverableSerializer(),
                properties.getPendingFileRecoverableSerializer());
    }

    @Override
    public Committer<FileSinkCommittable> createCommitter(CommitterInitContext context)
            throws IOException {
        return new FileCommitter(files());
    }

    @Override
    public SimpleVersionedSerializer<FileSinkCommittable> getCommittableSerializer() {
        WriterProperties properties = properties();
        return new FileSinkCommittableSerializer(
                properties.getPendingFileRecoverableSerializer(),
                properties.getInProgressFileRecoverableSerializer());
    }

    private WriterProperties properties() {
        try {
            return files().getProperties();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Object stores keep attempts apart by themselves, and HDFS gives a file to one at a time. */
    private BucketWriter<T, String> files() throws IOException {
        RecoverableWriter writer = FileSystem.get(directory.toUri()).createRecoverableWriter();
        return writer instanceof LocalRecoverableWriter
                ? new OneWriterFiles<>(new CopyOnRecover(writer), encoder)
                : new RowWiseBucketWriter<>(writer, encoder);
    }
}
