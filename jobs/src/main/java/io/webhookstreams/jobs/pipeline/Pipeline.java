/* SPDX-License-Identifier: Apache-2.0 */
package io.webhookstreams.jobs.pipeline;

import io.webhookstreams.connector.ShedLedger;
import io.webhookstreams.connector.WebhookDelivery;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The job's graph.
 *
 * <pre>
 * source → parse ═ hash ═► deduplicate ──────────────────────► events' files
 *            ║                 ║   └→ to-counted-event ═ hash ═► count ─► counts' files
 *            ║                 ║                                   └────► late files
 *            ║                 ╠═ rebalance ═► shed events' files
 *            ╚═ rebalance ═╦═══╝ rebalance
 *                          ╚═► dead letters' files
 * </pre>
 *
 * <p>{@code ═} leaves the task and is a hash or rebalance edge: on any other one Flink silently
 * takes aligned checkpoints, and every answer would wait for downstream. {@code ─} is chained. All
 * records are immutable, which makes object reuse safe.
 */
public final class Pipeline {

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
    private static final OutputTag<LateEvent> LATE =
            new OutputTag<>("late", TypeInformation.of(LateEvent.class));

    private final PipelineSettings settings;

    public Pipeline(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * For the source: time is the event's, per source subtask, and one without deliveries does not
     * hold the others back.
     */
    public WatermarkStrategy<WebhookDelivery> watermarks() {
        EventTime eventTime = settings.eventTime();
        return WatermarkStrategy.<WebhookDelivery>forBoundedOutOfOrderness(
                        settings.maxOutOfOrderness())
                .withTimestampAssigner(context -> eventTime)
                .withIdleness(settings.windows().idleTimeout());
    }

    /** Adds everything behind the source, which has {@link #watermarks}. */
    public void addTo(DataStream<WebhookDelivery> deliveries) {
        SingleOutputStreamOperator<WebhookDelivery> parsed = parse(deliveries);
        SingleOutputStreamOperator<WebhookDelivery> events = deduplicate(parsed);
        SingleOutputStreamOperator<WindowCount> counts = count(events);
        FileSinks files = settings.files();
        write(events, files.events(settings.eventTime()), Uids.EVENTS);
        write(counts, files.counts(), Uids.COUNTS);
        write(counts.getSideOutput(LATE), files.late(), Uids.LATE);
        write(
                parsed.getSideOutput(DEAD_LETTERS)
                        .rebalance()
                        .union(events.getSideOutput(DEAD_LETTERS).rebalance()),
                files.deadLetters(),
                Uids.DEAD_LETTERS);
        write(events.getSideOutput(ShedLedger.SHED).rebalance(), files.shed(), Uids.SHED);
    }

    private SingleOutputStreamOperator<WebhookDelivery> parse(
            DataStream<WebhookDelivery> deliveries) {
        return deliveries
                .process(new ParseJson(DEAD_LETTERS), TypeInformation.of(WebhookDelivery.class))
                .uid(Uids.PARSE)
                .name(Uids.PARSE);
    }

    private SingleOutputStreamOperator<WebhookDelivery> deduplicate(
            DataStream<WebhookDelivery> parsed) {
        return parsed.keyBy(new EventKey())
                .process(
                        new Deduplicate(
                                settings.timeToLive(),
                                settings.streamsWithChangingBodies(),
                                settings.schemesWithChangingBodies(),
                                settings.streamsNotDeduplicated(),
                                DEAD_LETTERS),
                        TypeInformation.of(WebhookDelivery.class))
                .uid(Uids.DEDUPLICATE)
                .name(Uids.DEDUPLICATE);
    }

    private SingleOutputStreamOperator<WindowCount> count(DataStream<WebhookDelivery> events) {
        EventTime eventTime = settings.eventTime();
        return events.map(event -> CountedEvent.of(event, eventTime))
                .returns(CountedEvent.class)
                .uid(Uids.TO_COUNTED_EVENT)
                .name(Uids.TO_COUNTED_EVENT)
                .keyBy(CountedEvent::key, TypeInformation.of(CountKey.class))
                .process(
                        new CountInWindows(settings.windows(), LATE),
                        TypeInformation.of(WindowCount.class))
                .uid(Uids.COUNT)
                .name(Uids.COUNT);
    }

    private static <T> void write(DataStream<T> records, Sink<T> files, String uid) {
        records.sinkTo(files).uid(uid).name(uid);
    }
}
