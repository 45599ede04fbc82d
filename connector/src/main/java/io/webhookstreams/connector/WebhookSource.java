/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.connector;

import io.webhookstreams.connector.config.Cautions;
import io.webhookstreams.connector.config.JobSettingsCheck;
import io.webhookstreams.connector.config.LossWarnings;
import io.webhookstreams.connector.config.ReloadSettings;
import io.webhookstreams.connector.config.SourceSettings;
import io.webhookstreams.connector.enumerator.Cadence;
import io.webhookstreams.connector.enumerator.WebhookEnumState;
import io.webhookstreams.connector.enumerator.WebhookEnumStateSerializer;
import io.webhookstreams.connector.enumerator.WebhookEnumerator;
import io.webhookstreams.connector.http.WebhookServers;
import io.webhookstreams.connector.lane.LaneSplit;
import io.webhookstreams.connector.lane.LaneSplitSerializer;
import io.webhookstreams.connector.reader.SchemaContext;
import io.webhookstreams.connector.reader.WebhookSourceReader;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javax.annotation.Nullable;

/**
 * Receives webhooks: an HTTP server in each TaskManager, whose 2xx means that a completed
 * checkpoint contains the delivery.
 *
 * <p>Add it with {@link #addTo}, which checks that the job's settings keep that promise. {@code
 * env.fromSource} works too and checks nothing: without checkpoints, deliveries are answered 503.
 */
@PublicEvolving
public final class WebhookSource<T>
        implements Source<T, LaneSplit, WebhookEnumState>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    /** Of a source that was given no name: told apart by the id of its operator. */
    static final String UNNAMED = "webhooks";

    /** Readers made in this JVM: a newer one takes the place of an older one of its subtask. */
    private static final AtomicLong INCARNATIONS = new AtomicLong();

    private final SourceSettings settings;
    private final WebhookDeserializationSchema<T> schema;
    @Nullable private final ReloadSettings reload;

    /**
     * @param reload null where the configuration stays as it is
     */
    WebhookSource(
            SourceSettings settings,
            WebhookDeserializationSchema<T> schema,
            @Nullable ReloadSettings reload) {
        this.settings = settings;
        this.schema = schema;
        this.reload = reload;
    }

    public static <T> WebhookSourceBuilder<T> builder() {
        return new WebhookSourceBuilder<>();
    }

    /** Adds the source to a job, with records that carry timestamps and no watermarks. */
    public SingleOutputStreamOperator<T> addTo(StreamExecutionEnvironment env, String name) {
        return addTo(env, name, WatermarkStrategy.noWatermarks());
    }

    /**
     * Adds the source to a job.
     *
     * @param name of the source in the job; its uid too, so it must stay as it is for the life of
     *     the state
     * @throws InvalidSettingsException if a 2xx would promise too much, with all reasons
     */
    public SingleOutputStreamOperator<T> addTo(
            StreamExecutionEnvironment env, String name, WatermarkStrategy<T> watermarks) {
        JobSettingsCheck.check(env, settings);
        WebhookSource<T> named =
                new WebhookSource<>(settings.withSourceId(name), schema, reloadIn(env));
        return env.fromSource(named, watermarks, name).uid(name);
    }

    /** Deadlines that come later are held against the job's checkpoints too. */
    @Nullable
    private ReloadSettings reloadIn(StreamExecutionEnvironment env) {
        return reload == null
                ? null
                : reload.withCheckpoints(
                        Duration.ofMillis(env.getCheckpointConfig().getCheckpointInterval()),
                        Duration.ofMillis(
                                env.getCheckpointConfig().getMinPauseBetweenCheckpoints()));
    }

    /**
     * What works and deserves a second thought, one line each: ids, types and times that are read
     * from places which their sender's signature does not cover, answers that a vendor does not
     * wait for, and events that a stream loses by its own configuration. {@link #addTo} logs them.
     */
    public List<String> cautions() {
        return Stream.of(Cautions.of(settings.streams()), LossWarnings.of(settings.streams()))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<T, LaneSplit> createReader(SourceReaderContext context) throws Exception {
        Map<String, String> variables = context.metricGroup().getAllVariables();
        String jobId = variables.getOrDefault("<job_id>", "");
        schema.open(new SchemaContext(context));
        return new WebhookSourceReader<>(
                identified(variables.getOrDefault("<operator_id>", "")),
                schema,
                context,
                () ->
                        WebhookServers.acquire(
                                jobId, settings.listener(), context.getUserCodeClassLoader()),
                System::nanoTime,
                INCARNATIONS.incrementAndGet(),
                reload != null);
    }

    @Override
    public SplitEnumerator<LaneSplit, WebhookEnumState> createEnumerator(
            SplitEnumeratorContext<LaneSplit> context) {
        return restoreEnumerator(context, WebhookEnumState.fresh(settings.lanes()));
    }

    @Override
    public SplitEnumerator<LaneSplit, WebhookEnumState> restoreEnumerator(
            SplitEnumeratorContext<LaneSplit> context, WebhookEnumState state) {
        return new WebhookEnumerator(
                context,
                settings.lanes(),
                reload,
                state,
                System::currentTimeMillis,
                () -> join(context));
    }

    private Cadence join(SplitEnumeratorContext<LaneSplit> context) {
        return Cadence.join(
                context.metricGroup().getAllVariables().getOrDefault("<job_id>", ""),
                settings.checkpoints().onDemand(),
                rare -> tell(context, rare));
    }

    private static void tell(SplitEnumeratorContext<LaneSplit> context, boolean rare) {
        try {
            context.runInCoordinatorThread(() -> context.setIsProcessingBacklog(rare));
        } catch (RejectedExecutionException stopping) {
            // Flink closes this source, and will close its enumerator too.
        }
    }

    @Override
    public SimpleVersionedSerializer<LaneSplit> getSplitSerializer() {
        return LaneSplitSerializer.INSTANCE;
    }

    @Override
    public SimpleVersionedSerializer<WebhookEnumState> getEnumeratorCheckpointSerializer() {
        return WebhookEnumStateSerializer.INSTANCE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return schema.getProducedType();
    }

    private SourceSettings identified(String operatorId) {
        return settings.sourceId().equals(UNNAMED)
                ? settings.withSourceId(UNNAMED + "-" + operatorId)
                : settings;
    }
}
