/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector.reader;

import io.webhookstreams.checkpoint.Gate;
import io.webhookstreams.connector.WebhookDeserializationSchema;
import io.webhookstreams.connector.config.CheckpointSettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.enumerator.ConfigurationUpdate;
import io.webhookstreams.connector.enumerator.OwnershipGrant;
import io.webhookstreams.connector.enumerator.ReaderHello;
import io.webhookstreams.connector.ingest.IngestServer;
import io.webhookstreams.connector.ingest.Registration;
import io.webhookstreams.connector.lane.Head;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.Lanes;
import io.webhookstreams.connector.lane.QueueBudget;

import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

import javax.annotation.Nullable;

/**
 * Emits what waits in the lanes, and is their state. The story of one delivery:
 *
 * <ol>
 *   <li>A Jetty thread offers it to the {@link ReaderIntake}, which appends it to a lane and
 *       registers its receipt, in one step.
 *   <li>{@link #pollNext} makes records of it and emits them, one per call.
 *   <li>{@link #snapshotState} seals the receipts so far and copies every lane: what was appended
 *       is in the checkpoint, emitted or not.
 *   <li>{@link #notifyCheckpointComplete} has the server's threads settle them: the sender hears
 *       2xx.
 *   <li>Or {@link #close} comes first, and has them settled as lost.
 * </ol>
 *
 * <p>Assumes:
 *
 * <ul>
 *   <li>Flink adds restored splits before {@link #start}, and fresh ones after it.
 *   <li>Checkpoint ids increase; a completion may be skipped, and comes on the task's thread.
 *   <li>Every method here is called on the task's thread, and none of them waits for a server's.
 * </ul>
 */
public final class WebhookSourceReader<T> implements SourceReader<T, LaneSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSourceReader.class);
    private static final long NO_CONFIGURATION = -1;
    private static final long NOT_RELOADED = 0;

    private final SourceReaderContext context;
    private final IngestServers servers;
    private final LongSupplier nanoClock;
    private final long incarnation;

    private final Gate gate = new Gate();
    private final Availability availability = new Availability();
    private final QueueBudget budget;
    private final Lanes lanes;
    private final ReaderMetrics metrics;
    private final Expander<T> expander;
    private final List<String> carriers = new ArrayList<>();

    private SourceSettings settings;
    private long configurationVersion;
    @Nullable private Emission<T> emission;
    @Nullable private IngestServer server;
    @Nullable private ReaderIntake intake;
    @Nullable private IngestServer.Handle registration;

    /**
     * @param schema opened already
     * @param nanoClock nanoseconds from an arbitrary origin
     * @param incarnation greater than those of the readers made before in this JVM
     * @param reloads whether the streams are those that the enumerator tells, and none before that
     */
    public WebhookSourceReader(
            SourceSettings settings,
            WebhookDeserializationSchema<T> schema,
            SourceReaderContext context,
            IngestServers servers,
            LongSupplier nanoClock,
            long incarnation,
            boolean reloads) {
        this.settings = settings;
        this.configurationVersion = reloads ? NO_CONFIGURATION : NOT_RELOADED;
        this.context = context;
        this.servers = servers;
        this.nanoClock = nanoClock;
        this.incarnation = incarnation;
        this.budget = new QueueBudget(settings);
        this.lanes = new Lanes(budget);
        this.metrics = new ReaderMetrics(context.metricGroup());
        this.expander = new Expander<>(schema, settings.onError(), metrics.errors());
    }

    /** Opens the server, or finds it open, and goes in when there are lanes already. */
    @Override
    public void start() {
        server = acquireServer();
        intake =
                new ReaderIntake(
                        gate,
                        lanes,
                        budget,
                        availability,
                        new Watchdog(name(), settings.watchdogTimeout(), nanoClock),
                        server.settlers(),
                        demand(),
                        nanoClock,
                        settings.coalescingMaxBytes());
        intake.restored(gate.locked(lanes::snapshot));
        String source = settings.sourceId();
        metrics.register(lanes, budget, intake, () -> server.configuration(source));
        metrics.registerQueues(settings.streams(), budget, intake);
        takeOverLanes();
    }

    private Demand demand() {
        CheckpointSettings checkpoints = settings.checkpoints();
        return new Demand(
                checkpoints.onDemand() ? checkpoints.idleAfter() : null,
                nanoClock,
                server.settlers(),
                context::sendSourceEventToCoordinator);
    }

    @Override
    public void addSplits(List<LaneSplit> splits) {
        gate.locked(
                () -> {
                    splits.forEach(lanes::add);
                    return null;
                });
        splits.forEach(split -> carriers.add(split.splitId()));
        availability.signal();
        if (intake != null) {
            intake.restored(splits);
            takeOverLanes();
        }
    }

    /** Tells the server and the enumerator which lanes are here. */
    private void takeOverLanes() {
        intake.lanesChanged();
        List<Integer> held = heldLanes();
        registerWhereReady(held);
        context.sendSourceEventToCoordinator(new ReaderHello(incarnation, held, server.endpoint()));
    }

    private void registerWhereReady(List<Integer> held) {
        if (registration == null && !held.isEmpty() && configurationVersion >= NOT_RELOADED) {
            registration =
                    server.register(
                            new Registration(
                                    settings,
                                    configurationVersion,
                                    context.getIndexOfSubtask(),
                                    incarnation,
                                    intake,
                                    context.metricGroup()));
        }
    }

    private List<Integer> heldLanes() {
        return Arrays.stream(gate.locked(lanes::ids)).boxed().toList();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof OwnershipGrant grant
                && grant.incarnation() == incarnation
                && grant.lanes().equals(heldLanes())) {
            intake.ownershipGranted();
        } else if (event instanceof ConfigurationUpdate update
                && update.number() > configurationVersion) {
            configure(update);
        }
    }

    private void configure(ConfigurationUpdate update) {
        LOG.info("{}: told configuration {} ({})", name(), update.number(), update.digest());
        configurationVersion = update.number();
        settings = settings.withStreams(update.streams());
        metrics.registerQueues(settings.streams(), budget, intake);
        if (registration == null) {
            registerWhereReady(heldLanes());
        } else {
            server.reconfigure(settings, configurationVersion);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        releaseCarriers(output);
        if (emission == null && !beginNext()) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (!emission.isDone()) {
            output.collect(emission.record(), emission.timestampMillis());
            emission.head().emittedOne();
            metrics.recordEmitted();
        }
        if (emission.isDone()) {
            finish(emission.head());
        }
        return InputStatus.MORE_AVAILABLE;
    }

    /** Takes the next delivery; false when none is queued. */
    private boolean beginNext() throws IOException {
        Head head = gate.locked(this::nextHead);
        if (head == null) {
            return false;
        }
        metrics.deliveryTaken(head.wire().length);
        emission = expander.expand(head);
        return true;
    }

    @Nullable
    private Head nextHead() {
        Head head = lanes.next();
        if (head == null) {
            availability.queueIsEmpty();
            intake.emptied();
        }
        return head;
    }

    private void finish(Head head) {
        emission = null;
        intake.drained(head.wire().length);
        gate.locked(
                () -> {
                    lanes.finish(head);
                    return null;
                });
    }

    /**
     * Everything is emitted through the main output: the splits carry what was queued, and are no
     * partitions with a watermark of their own. Flink has made an output for each.
     */
    private void releaseCarriers(ReaderOutput<T> output) {
        if (!carriers.isEmpty()) {
            carriers.forEach(output::releaseOutputForSplit);
            carriers.clear();
        }
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return availability.future();
    }

    @Override
    public List<LaneSplit> snapshotState(long checkpointId) {
        return intake.cut(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        metrics.checkpointCompleted(checkpointId);
        intake.complete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) {
        intake.abort(checkpointId);
    }

    /** Lanes have no end. */
    @Override
    public void notifyNoMoreSplits() {}

    /**
     * Nothing to pause: all lanes share the main output, and watermark alignment holds back the
     * source as a whole.
     */
    @Override
    public void pauseOrResumeSplits(Collection<String> toPause, Collection<String> toResume) {}

    /** Leaves the server, then has open receipts settled as lost; waits for nobody. */
    @Override
    public void close() {
        if (registration != null) {
            registration.close();
        }
        if (intake != null) {
            intake.close();
        }
        gate.locked(
                () -> {
                    lanes.clear();
                    return null;
                });
    }

    private IngestServer acquireServer() {
        try {
            return servers.acquire();
        } catch (IOException e) {
            throw new UncheckedIOException(name() + ": the listener cannot be opened", e);
        }
    }

    private String name() {
        return settings.sourceId() + " reader " + context.getIndexOfSubtask();
    }
}
