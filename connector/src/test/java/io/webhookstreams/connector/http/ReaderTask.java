/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.http;

import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.enumerator.ConfigurationUpdate;
import io.webhookstreams.connector.enumerator.OwnershipGrant;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.reader.WebhookSourceReader;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import javax.annotation.Nullable;

/**
 * The reader of a source that reloads, without Flink: a thread that polls it, has a checkpoint
 * complete every few milliseconds, and hands it what the enumerator says.
 */
final class ReaderTask {

    private static final long INCARNATION = 1;
    private static final int LANE = 0;
    private static final long MILLIS_PER_CHECKPOINT = 5;

    final MetricListener metrics = new MetricListener();
    private final WebhookSourceReader<WebhookDelivery> reader;
    private final BlockingQueue<Runnable> mails = new LinkedBlockingQueue<>();
    private final FutureTask<Void> life = new FutureTask<>(this::live);
    private boolean holdsRecords;
    private boolean over;

    private ReaderTask(SourceSettings source, IngestServer server) {
        this.reader =
                new WebhookSourceReader<>(
                        source,
                        WebhookDeserializationSchema.deliveries(),
                        new TestingReaderContext(
                                new Configuration(),
                                InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup())),
                        () -> server,
                        System::nanoTime,
                        INCARNATION,
                        true);
    }

    /** Starts, with one lane of its own, and is told nothing yet. */
    static ReaderTask start(SourceSettings source, IngestServer server) {
        ReaderTask task = new ReaderTask(source, server);
        Thread thread = new Thread(task.life, "reader-task");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** The enumerator says that this version is in force. */
    void tell(long version, List<StreamSettings> streams) {
        mails.add(
                () ->
                        reader.handleSourceEvents(
                                new ConfigurationUpdate(version, "0123456789ab", streams)));
    }

    /** Whether what is queued from now on stays so: checkpoints go on. */
    void holdsRecords(boolean next) throws InterruptedException, ExecutionException {
        FutureTask<Void> change = new FutureTask<>(() -> holdsRecords = next, null);
        mails.add(change);
        change.get();
    }

    @Nullable
    private Void live() throws Exception {
        reader.start();
        reader.addSplits(List.of(LaneSplit.fresh(LANE)));
        reader.handleSourceEvents(new OwnershipGrant(INCARNATION, List.of(LANE), 1));
        TestingReaderOutput<WebhookDelivery> output = new TestingReaderOutput<>();
        for (long checkpoint = 1; !over; checkpoint++) {
            Runnable mail = mails.poll(MILLIS_PER_CHECKPOINT, TimeUnit.MILLISECONDS);
            if (mail != null) {
                mail.run();
            }
            InputStatus status = InputStatus.MORE_AVAILABLE;
            while (!holdsRecords && status == InputStatus.MORE_AVAILABLE) {
                status = reader.pollNext(output);
            }
            reader.snapshotState(checkpoint);
            reader.notifyCheckpointComplete(checkpoint);
        }
        reader.close();
        return null;
    }

    /** Ends it; fails if the reader has failed. */
    void stop() throws InterruptedException, ExecutionException {
        mails.add(() -> over = true);
        life.get();
    }
}
