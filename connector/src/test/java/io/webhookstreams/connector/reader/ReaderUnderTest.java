/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.checkpoint.Tier;
import io.webhookstreams.connector.Deliveries;
import io.webhookstreams.connector.SourceOptions.OnError;
import io.webhookstreams.connector.WebhookDelivery;
import io.webhookstreams.connector.config.CheckpointSettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.config.StreamSettings;
import io.webhookstreams.connector.enumerator.OwnershipGrant;
import io.webhookstreams.connector.enumerator.ReaderHello;
import io.webhookstreams.connector.ingest.Intake;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.LaneSplitSerializer;

import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.testutils.source.reader.TestingReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import javax.annotation.Nullable;

/** A reader whose task, checkpoints, clock and server are moved by the test. */
final class ReaderUnderTest {

    static final Duration WATCHDOG = Duration.ofSeconds(30);
    static final int QUEUE_BYTES = 1 << 20;
    static final int COALESCING_BYTES = 1 << 16;

    private static final long INCARNATION = 17;

    final FakeIngestServer server = new FakeIngestServer();
    final MetricListener metrics = new MetricListener();
    final TestingReaderContext context;
    final RecordingOutput output = new RecordingOutput();
    final WebhookSourceReader<String> reader;

    private final AtomicLong nanos = new AtomicLong(-5);
    @Nullable private Runnable atNextLook;

    private ReaderUnderTest(OnError onError) {
        this(onError, List.of(), CheckpointSettings.defaults(), COALESCING_BYTES, false);
    }

    private ReaderUnderTest(
            OnError onError,
            List<StreamSettings> streams,
            CheckpointSettings checkpoints,
            int coalescingBytes,
            boolean reloads) {
        this.context = new TestingReaderContext(new Configuration(), metricGroup());
        this.reader =
                new WebhookSourceReader<>(
                        new SourceSettings(
                                "test",
                                null,
                                streams,
                                4,
                                QUEUE_BYTES,
                                coalescingBytes,
                                WATCHDOG,
                                onError,
                                checkpoints),
                        new CommaSchema(),
                        context,
                        () -> server,
                        this::look,
                        INCARNATION,
                        reloads);
    }

    private long look() {
        Runnable event = atNextLook;
        if (event != null) {
            atNextLook = null;
            event.run();
        }
        return nanos.get();
    }

    /** Gauges can be read from the listener, counters from the group. */
    private SourceReaderMetricGroup metricGroup() {
        OperatorIOMetricGroup counters =
                UnregisteredMetricGroups.createUnregisteredOperatorMetricGroup().getIOMetricGroup();
        InternalSourceReaderMetricGroup gauges =
                InternalSourceReaderMetricGroup.mock(metrics.getMetricGroup());
        return (SourceReaderMetricGroup)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {SourceReaderMetricGroup.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getIOMetricGroup")
                                        ? counters
                                        : method.invoke(gauges, arguments));
    }

    /** As Flink makes it, before anything is called. */
    static ReaderUnderTest created() {
        return new ReaderUnderTest(OnError.EMIT);
    }

    /** Of a source whose configuration is reloaded. */
    static ReaderUnderTest reloading() {
        return new ReaderUnderTest(
                OnError.EMIT, List.of(), CheckpointSettings.defaults(), COALESCING_BYTES, true);
    }

    /** A job that starts without state: lanes come after the start. */
    static ReaderUnderTest withFreshLanes(int... lanes) {
        return withFreshLanes(OnError.EMIT, lanes);
    }

    static ReaderUnderTest withFreshLanes(OnError onError, int... lanes) {
        return withFreshLanes(new ReaderUnderTest(onError), lanes);
    }

    /** One that has room to recognise every retry. */
    static ReaderUnderTest rememberingAll(int... lanes) {
        return withFreshLanes(
                new ReaderUnderTest(
                        OnError.EMIT, List.of(), CheckpointSettings.defaults(), 1 << 20, false),
                lanes);
    }

    private static ReaderUnderTest withFreshLanes(ReaderUnderTest test, int... lanes) {
        test.reader.start();
        test.reader.addSplits(IntStream.of(lanes).mapToObj(LaneSplit::fresh).toList());
        test.grant();
        return test;
    }

    /** One whose job takes checkpoints on demand; it has said hello. */
    static ReaderUnderTest onDemand(Duration idleAfter, int... lanes) {
        return onDemand(List.of(), idleAfter, lanes);
    }

    static ReaderUnderTest onDemand(
            List<StreamSettings> streams, Duration idleAfter, int... lanes) {
        CheckpointSettings defaults = CheckpointSettings.defaults();
        ReaderUnderTest test =
                new ReaderUnderTest(
                        OnError.EMIT,
                        streams,
                        new CheckpointSettings(
                                defaults.expectedDuration(),
                                defaults.deadlineCheck(),
                                true,
                                idleAfter),
                        COALESCING_BYTES,
                        false);
        test.reader.start();
        test.reader.addSplits(IntStream.of(lanes).mapToObj(LaneSplit::fresh).toList());
        test.grant();
        test.context.clearSentEvents();
        return test;
    }

    static ReaderUnderTest withStreams(List<StreamSettings> streams, int... lanes) {
        return started(streams, IntStream.of(lanes).mapToObj(LaneSplit::fresh).toList());
    }

    static ReaderUnderTest restored(List<StreamSettings> streams, List<LaneSplit> splits) {
        return started(streams, splits.stream().map(ReaderUnderTest::throughSerializer).toList());
    }

    private static ReaderUnderTest started(List<StreamSettings> streams, List<LaneSplit> splits) {
        ReaderUnderTest test =
                new ReaderUnderTest(
                        OnError.EMIT,
                        streams,
                        CheckpointSettings.defaults(),
                        COALESCING_BYTES,
                        false);
        test.reader.addSplits(splits);
        test.reader.start();
        test.grant();
        return test;
    }

    /** A job that restores: lanes come before the start, through their serializer. */
    static ReaderUnderTest restored(List<LaneSplit> splits) {
        ReaderUnderTest test = new ReaderUnderTest(OnError.EMIT);
        test.reader.addSplits(splits.stream().map(ReaderUnderTest::throughSerializer).toList());
        test.reader.start();
        test.grant();
        return test;
    }

    /** The enumerator's answer to what the reader has said last. */
    void grant() {
        List<SourceEvent> sent = context.getSentEvents();
        ReaderHello hello = (ReaderHello) sent.get(sent.size() - 1);
        reader.handleSourceEvents(new OwnershipGrant(hello.incarnation(), hello.lanes(), 1));
    }

    /** The intake as the server sees it. */
    Intake intake() {
        return server.registered().get(0).intake();
    }

    HeldReply offer(int lane, String body) {
        return offer(lane, Deliveries.draft(body), Tier.CHECKPOINT);
    }

    HeldReply offer(int lane, WebhookDelivery draft, Tier tier) {
        HeldReply reply = new HeldReply();
        return reply.offered(intake().offer(lane, draft, tier, reply.receipt()));
    }

    /** A delivery of this event, which is not appended if the reader knows it. */
    HeldReply offerOnce(int lane, String eventId, String body) {
        return offerOnce(lane, Deliveries.draftOf(eventId, body), Tier.CHECKPOINT);
    }

    HeldReply offerOnce(int lane, WebhookDelivery draft, Tier tier) {
        HeldReply reply = new HeldReply();
        return reply.offered(intake().offerOnce(lane, draft, tier, reply.receipt()));
    }

    /** Polls until nothing is available, and returns what was emitted meanwhile. */
    List<String> drain() throws Exception {
        int before = output.records.size();
        InputStatus status = InputStatus.MORE_AVAILABLE;
        while (status == InputStatus.MORE_AVAILABLE) {
            status = reader.pollNext(output);
        }
        return List.copyOf(output.records.subList(before, output.records.size()));
    }

    /** Polls until so many records were emitted. */
    List<String> emit(int records) throws Exception {
        int before = output.records.size();
        while (output.records.size() < before + records) {
            reader.pollNext(output);
        }
        return List.copyOf(output.records.subList(before, output.records.size()));
    }

    /** Polls so many times, and returns what was emitted meanwhile. */
    List<String> emitUpTo(int records) throws Exception {
        int before = output.records.size();
        for (int i = 0; i < records; i++) {
            reader.pollNext(output);
        }
        return List.copyOf(output.records.subList(before, output.records.size()));
    }

    /** Notifies, and lets the settlers run. */
    void complete(long checkpointId) {
        reader.notifyCheckpointComplete(checkpointId);
        server.runSettlements();
    }

    /** The reader's clock. */
    long nanos() {
        return nanos.get();
    }

    /** Has this happen when the reader next looks at its clock. Single-threaded tests only. */
    void atNextLook(Runnable event) {
        atNextLook = event;
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static List<LaneSplit> allOf(List<List<LaneSplit>> snapshots) {
        List<LaneSplit> all = new ArrayList<>();
        snapshots.forEach(all::addAll);
        return all;
    }

    private static LaneSplit throughSerializer(LaneSplit split) {
        LaneSplitSerializer serializer = LaneSplitSerializer.INSTANCE;
        try {
            return serializer.deserialize(serializer.getVersion(), serializer.serialize(split));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
