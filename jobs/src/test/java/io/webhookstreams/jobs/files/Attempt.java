/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.files;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.connector.file.sink.FileSinkCommittable;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessageTypeInfo;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt of one subtask of a sink, as Flink runs it: its writer and its committer. Several of
 * them at a time are what a TaskManager that was given up, and lives, makes of a job.
 */
final class Attempt {

    private static final long SECOND = 1_000;
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private final OneInputStreamOperatorTestHarness<String, CommittableMessage<FileSinkCommittable>>
            writer;
    private final OneInputStreamOperatorTestHarness<
                    CommittableMessage<FileSinkCommittable>,
                    CommittableMessage<FileSinkCommittable>>
            committer;

    /** What a checkpoint holds of both. */
    record Checkpoint(long id, OperatorSubtaskState writer, OperatorSubtaskState committer) {}

    private <S extends Sink<String> & SupportsCommitter<FileSinkCommittable>> Attempt(S sink)
            throws Exception {
        TypeSerializer<CommittableMessage<FileSinkCommittable>> messages =
                CommittableMessageTypeInfo.of(sink::getCommittableSerializer)
                        .createSerializer(new SerializerConfigImpl());
        writer = harness(new SinkWriterOperatorFactory<>(sink), messages);
        writer.setProcessingTime(START);
        committer = harness(new CommitterOperatorFactory<>(sink, false, true), messages);
    }

    private static <T>
            OneInputStreamOperatorTestHarness<T, CommittableMessage<FileSinkCommittable>> harness(
                    OneInputStreamOperatorFactory<T, CommittableMessage<FileSinkCommittable>>
                            operator,
                    TypeSerializer<CommittableMessage<FileSinkCommittable>> messages)
                    throws Exception {
        OneInputStreamOperatorTestHarness<T, CommittableMessage<FileSinkCommittable>> harness =
                new OneInputStreamOperatorTestHarness<>(operator);
        harness.setup(messages);
        return harness;
    }

    static <S extends Sink<String> & SupportsCommitter<FileSinkCommittable>> Attempt first(S sink)
            throws Exception {
        Attempt attempt = new Attempt(sink);
        attempt.writer.open();
        attempt.committer.open();
        return attempt;
    }

    static <S extends Sink<String> & SupportsCommitter<FileSinkCommittable>> Attempt restored(
            S sink, Checkpoint checkpoint) throws Exception {
        Attempt attempt = new Attempt(sink);
        attempt.committer.setRestoredCheckpointId(checkpoint.id());
        attempt.committer.initializeState(checkpoint.committer());
        attempt.committer.open();
        attempt.writer.setRestoredCheckpointId(checkpoint.id());
        attempt.writer.initializeState(checkpoint.writer());
        attempt.writer.open();
        return attempt;
    }

    Attempt write(String... lines) throws Exception {
        for (String line : lines) {
            writer.processElement(new StreamRecord<>(line));
        }
        return this;
    }

    /** Takes a checkpoint. Whether it completes is another question. */
    Checkpoint checkpoint(long id) throws Exception {
        writer.prepareSnapshotPreBarrier(id);
        for (CommittableMessage<FileSinkCommittable> message : writer.extractOutputValues()) {
            committer.processElement(new StreamRecord<>(message));
        }
        writer.getOutput().clear();
        return new Checkpoint(id, writer.snapshot(id, id), committer.snapshot(id, id));
    }

    void completed(Checkpoint checkpoint) throws Exception {
        writer.notifyOfCompletedCheckpoint(checkpoint.id());
        committer.notifyOfCompletedCheckpoint(checkpoint.id());
    }

    /** Time passes, second by second, for the policy that rolls by age. */
    void passTime(Duration time) throws Exception {
        for (long second = 0; second < time.toSeconds(); second++) {
            writer.setProcessingTime(writer.getProcessingTime() + SECOND);
        }
    }

    void close() throws Exception {
        writer.close();
        committer.close();
    }
}
